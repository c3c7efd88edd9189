import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { fullForm, openFixture, resume, signedIn, type StoreFixture } from './store-fixture.ts'

const storeIdOf = ({ db }: StoreFixture) =>
  (db.prepare(`SELECT value FROM meta WHERE key = 'storeId'`).get() as { value: string }).value
const save = { caseId: uuidv7(), callId: null, form: fullForm }

/** A file that is new while the operator has long been signed in. */
async function madeAnew(): Promise<StoreFixture> {
  const store = await openFixture()
  store.central.reachable = false
  await store.ask('store.resume', resume)
  await store.settle()
  return store
}

test('S7.1 until central has given it a code no case can be saved, and drafts and facts are', async () => {
  const store = await madeAnew()
  expect(await store.askRaw('case.save', save)).toMatchObject({ ok: false, error: { code: 'newDatabase' } })
  await store.ask('draft.save', { ...save, startedAt: 5, author: '1003' })
  await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 5 }, author: '' })
  expect(await store.ask('draft.list', null)).toHaveLength(1)
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 1, central: 'unreachable' })
  expect([store.linked, store.central.applied]).toEqual([[], []])
})

test('S7.2 it asks for its code before all else, as soon as central is there, and then works as ever', async () => {
  const store = await madeAnew()
  await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 5 }, author: '' })
  store.central.reachable = true
  await store.settle()
  expect(store.central.enrolled).toEqual([storeIdOf(store)])
  expect(store.linked).toEqual([storeIdOf(store)])
  expect(store.central.applied).toHaveLength(1)
  expect((await store.ask('case.save', save)).caseNo).toMatch(/-B2-0001$/)
})

test('the code is in the file: neither it nor a store that always had one is asked for again', async () => {
  const store = await madeAnew()
  store.central.reachable = true
  await store.settle()
  const again = await openFixture(store.dir, store.central)
  await again.ask('store.resume', resume)
  await again.settle()
  expect(store.central.enrolled).toHaveLength(1)
  expect(new Set(again.linked)).toEqual(new Set([storeIdOf(store)]))

  const signed = await signedIn(await openFixture())
  expect([signed.central.enrolled, new Set(signed.linked)]).toEqual([[], new Set([storeIdOf(signed)])])
})

test('S7.2 a code that comes after the operator signed out is the desk’s: what she left is sent under her name', async () => {
  const store = await openFixture()
  const given = Promise.withResolvers<{ ok: true; value: string }>()
  store.central.desk = () => given.promise
  await store.ask('store.resume', resume)
  await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 5 }, author: '' })
  await store.ask('store.signOut', null)
  expect([store.linked, store.central.applied]).toEqual([[], []])
  given.resolve({ ok: true, value: 'B2' })
  await store.settle()
  expect(store.linked).toEqual([storeIdOf(store)])
  expect(store.central.applied).toMatchObject([{ author: '1003' }])
})

test('S7.3 the device that central no longer knows gets no code; enrolling it anew brings one', async () => {
  const store = await openFixture()
  store.central.desk = () => Promise.resolve({ ok: false, error: { code: 'deviceUnknown' } })
  await store.ask('store.resume', resume)
  await store.settle()
  expect(await store.ask('sync.status', null)).toMatchObject({ central: 'notEnrolled' })
  await store.ask('device.enrol', { code: 'x' })
  await signedIn(store)
  expect((await store.ask('case.save', save)).caseNo).toMatch(/-A1-0001$/)
})
