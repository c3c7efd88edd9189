/** How numbers are meant at a desk: as central said last, also while it is away. */
import { expect, test } from 'vitest'
import { defaultNumberPlan, type NumberPlan } from '../../shared/number-plan.ts'
import type { StoreFixture } from './store-fixture.ts'
import { fullForm, openFixture, resume, signedIn } from './store-fixture.ts'
import { uuidv7 } from 'uuidv7'

const guangzhou: NumberPlan = { areaCode: '20', extension: { least: 4, most: 4 } }

async function save(store: StoreFixture, callerPhone: string): Promise<string> {
  const caseId = uuidv7()
  await store.ask('case.save', { caseId, callId: null, form: { ...fullForm, callerPhone } })
  return caseId
}
const found = async (store: StoreFixture, phone: string) =>
  (await store.ask('case.ofCaller', { phone })).cases.map(({ caseId }) => caseId)
const purposeOf = async (store: StoreFixture, number: string) => {
  const callId = uuidv7()
  await store.ask('call.record', {
    fact: { callId, kind: 'offered', at: 1_000_000, number, queue: '' },
    author: '1003',
  })
  return (await store.ask('call.shift', null)).find((call) => call.callId === callId)?.purpose
}

test('a desk of area 20 finds its local numbers by their whole spellings, and says so to its windows', async () => {
  const store = await openFixture()
  store.central.numberPlan = guangzhou
  await store.ask('device.enrol', { code: 'x' })
  const session = await store.ask('store.signIn', { staffNo: '1003', password: 'x' })
  expect([session.numberPlan, session.resume.numberPlan]).toEqual([guangzhou, guangzhou])
  const local = await save(store, '83500123')
  expect(await found(store, '020-83500123')).toEqual([local])
  expect(await found(store, '0750-83500123')).toEqual([])
})

test('who calls from an extension is a colleague by the lengths of this centre', async () => {
  const store = await openFixture()
  store.central.numberPlan = guangzhou
  await signedIn(store)
  expect([await purposeOf(store, '8001'), await purposeOf(store, '80011')]).toEqual(['colleague', 'citizen'])
})

test('the plan stands while central is away, and after the store was opened again', async () => {
  const store = await openFixture()
  store.central.numberPlan = guangzhou
  await signedIn(store)
  const local = await save(store, '83500123')
  store.db.close()
  store.central.reachable = false
  store.central.signInFault = { code: 'centralUnreachable' }
  const again = await openFixture(store.dir, store.central)
  const session = await again.ask('store.signIn', { staffNo: '1003', password: 'x' })
  expect(session).toMatchObject({ resume: { token: null }, numberPlan: guangzhou })
  expect(await found(again, '020 8350 0123')).toEqual([local])
})

test('what was kept under another area code is keyed anew with the sign-in that tells it: cases and calls', async () => {
  const store = await signedIn(await openFixture())
  const local = await save(store, '83500123')
  const mobile = await save(store, '13800138000')
  await purposeOf(store, '83500124')
  expect(await found(store, '0750-83500123')).toEqual([local])
  store.central.numberPlan = guangzhou
  await signedIn(store)
  expect(await found(store, '020-83500123')).toEqual([local])
  expect(await found(store, '0750-83500123')).toEqual([])
  expect(await found(store, '+8613800138000')).toEqual([mobile])
  expect(store.db.prepare('SELECT phone_key FROM calls').pluck().all()).toEqual(['862083500124'])
})

test('a file that was made anew in mid-shift learns it from main', async () => {
  const store = await openFixture()
  await store.ask('store.resume', { ...resume, numberPlan: guangzhou })
  expect(store.db.prepare(`SELECT value FROM meta WHERE key = 'numberPlan'`).pluck().get()).toBe(
    JSON.stringify(guangzhou),
  )
})

test('before any sign-in numbers are meant as in Jiangmen', () => {
  expect(defaultNumberPlan.areaCode).toBe('750')
})
