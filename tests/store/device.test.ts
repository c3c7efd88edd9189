/** The desk as a device: it sends whoever sits here, and each thing under its author's name. */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const save = () => ({ caseId: uuidv7(), callId: null, form: fullForm })
const fact = { fact: { callId: 'c', kind: 'answered', at: 5 }, author: '' } as const
const authors = ({ central }: StoreFixture) => central.applied.map(({ author, session }) => [author, session])

test('S9.1 a desk without a credential keeps everything, signs nobody in, and sends once it is enrolled', async () => {
  const store = await openFixture()
  await store.ask('call.record', fact)
  await store.settle()
  expect(await store.ask('device.state', null)).toEqual({ state: 'none' })
  expect(await store.askRaw('store.signIn', { staffNo: '1003', password: 'x' })).toMatchObject({
    error: { code: 'deviceUnknown' },
  })
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 1, central: 'notEnrolled' })
  store.central.enrol = () => Promise.resolve({ ok: false, error: { code: 'wrongCode' } })
  expect(await store.askRaw('device.enrol', { code: 'wrong' })).toMatchObject({ error: { code: 'wrongCode' } })
  expect(await store.ask('device.state', null)).toEqual({ state: 'none' })
  store.central.enrol = store.central.enrolWell
  expect(await store.ask('device.enrol', { code: 'right' })).toEqual({ state: 'enrolled' })
  await store.settle()
  expect(authors(store)).toEqual([['', null]])
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
})

test('S9.2 the credential is in the file: the desk started again sends before anybody signs in', async () => {
  const store = await signedIn(await openFixture())
  store.central.reachable = false
  await store.ask('case.save', save())
  await store.settle()
  const again = await openFixture(store.dir, store.central)
  store.central.reachable = true
  await again.settle()
  expect(await again.ask('device.state', null)).toEqual({ state: 'enrolled' })
  expect(authors(again)).toEqual([
    ['1003', store.central.sessionOf('1003')],
    ['1003', store.central.sessionOf('1003')],
  ])
})

test('S9.3 what the last operator left unsent goes while nobody sits here and after the next signs in, under her name', async () => {
  const store = await signedIn(await openFixture(), '1003')
  store.central.reachable = false
  await store.ask('case.save', save())
  await store.ask('store.signOut', null)
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 2 })
  await store.settle()
  expect(await store.ask('sync.status', null)).toMatchObject({ central: 'unreachable' })
  store.central.reachable = true
  await store.settle()
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable', refused: 0 })

  store.central.reachable = false
  await signedIn(store, '1003')
  await store.ask('case.save', save())
  await store.ask('store.signOut', null)
  await signedIn(store, '1004')
  await store.ask('case.save', save())
  // The phone's last fact of her call comes late, and is hers; of an author long gone no sign-in is known.
  await store.ask('call.record', { fact: { callId: 'late', kind: 'answered', at: 1 }, author: '1003' })
  store.central.reachable = true
  await store.settle()
  const [hers, his] = [store.central.sessionOf('1003'), store.central.sessionOf('1004')]
  expect(authors(store).slice(2)).toEqual([
    ['1003', hers],
    ['1003', hers],
    ['1004', his],
    ['1004', his],
    ['1003', null],
  ])
})

test('S9.4 a desk that central no longer knows says so, goes on, keeps its work, and sends it when enrolled anew', async () => {
  const store = await signedIn(await openFixture())
  store.central.knowsDevice = false
  const { caseNo } = await store.ask('case.save', save())
  expect(caseNo).toMatch(/-A1-0001$/)
  await store.settle()
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 2, central: 'notEnrolled' })
  expect(await store.ask('device.state', null)).toEqual({ state: 'refused' })
  store.central.knowsDevice = true
  await store.ask('device.enrol', { code: 'another' })
  await store.settle()
  expect(await store.ask('device.state', null)).toEqual({ state: 'enrolled' })
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
  expect(store.central.asDevice).toHaveLength(2)
})

test('S9.4 a sign-in that central does not let in for the desk is known to all at once', async () => {
  const store = await signedIn(await openFixture())
  await store.ask('store.signOut', null)
  store.central.knowsDevice = false
  expect(await store.askRaw('store.signIn', { staffNo: '1003', password: 'x' })).toMatchObject({
    error: { code: 'deviceUnknown' },
  })
  expect(await store.ask('device.state', null)).toEqual({ state: 'refused' })
})

test('S9.5 a central that took the device for another file is told of this one, and then everything goes on', async () => {
  const store = await signedIn(await openFixture())
  const { sync } = store.central
  store.central.sync = (device, request) =>
    store.central.enrolled.length === 0
      ? Promise.resolve({ ok: false, error: { code: 'forbidden' } })
      : sync(device, request)
  await store.ask('case.save', save())
  await store.settle()
  expect(store.central.enrolled).toHaveLength(1)
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
})

test('S9.6 a sign-in that is over is said, while the desk goes on sending', async () => {
  const store = await signedIn(await openFixture())
  store.central.ofCaller = () => Promise.resolve({ ok: false, error: { code: 'notSignedIn' } })
  await store.ask('case.ofCaller', { phone: '1' })
  await store.ask('case.save', save())
  await store.settle()
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'signedOut' })
  await signedIn(store)
  expect(await store.ask('sync.status', null)).toMatchObject({ central: 'reachable' })
})

test('S9.8 the live link stays open over a shift change, with the token of who sits here or none', async () => {
  const store = await signedIn(await openFixture())
  await store.ask('store.signOut', null)
  expect(store.linkedFor).toEqual([null, 'token', null])
})
