/** Who was let in is locked behind her password beside her work: she waits for it no more than anybody else is lied to. */
import { expect, test } from 'vitest'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Derive } from '../../electron/store/password-key.ts'
import { createFakeCentral } from './fake-central.ts'
import { openFixture, type StoreFixture } from './store-fixture.ts'

/** A derivation that ends when it is told to. */
function held() {
  const waiting: (() => void)[] = []
  const derive: Derive = async (password, salt) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    return Buffer.concat([Buffer.from(password), salt, Buffer.alloc(64)]).subarray(0, 64)
  }
  return { derive, waiting, release: (at = 0) => waiting.splice(at, 1)[0]?.() }
}

const asks = (store: StoreFixture, password: string) => store.askRaw('store.signIn', { staffNo: '1003', password })
const cuts = ({ central }: StoreFixture) => {
  central.reachable = false
  central.signInFault = { code: 'centralUnreachable' }
}
const known = ({ db }: StoreFixture) => db.prepare('SELECT staff_no AS staffNo FROM known_operators').all()
const isIn = { ok: true, value: { operator: { staffNo: '1003' } } }

async function openHeld() {
  const { derive, waiting, release } = held()
  const store = await openFixture(undefined, createFakeCentral(), derive)
  await store.ask('device.enrol', { code: 'x' })
  return { store, waiting, release }
}

test('she is in before it is done; where central is away at once, she is asked for when it is', async () => {
  const { store, waiting, release } = await openHeld()
  expect(await asks(store, 'right')).toMatchObject(isIn)
  expect(known(store)).toEqual([])
  await store.ask('store.signOut', null)
  cuts(store)
  const again = asks(store, 'right')
  await store.settle()
  release()
  await expect.poll(() => waiting.length).toBe(1)
  expect(known(store)).toEqual([{ staffNo: '1003' }])
  release()
  expect(await again).toMatchObject(isIn)
})

test('who closes the store waits until she is known; where that cannot be, it is noted and nobody is stopped', async () => {
  const { store, release } = await openHeld()
  await asks(store, 'right')
  const closing = Promise.all(store.goingOn)
  release()
  await closing
  expect(known(store)).toEqual([{ staffNo: '1003' }])

  const derive: Derive = () => Promise.reject(new Error('no memory'))
  const poor = await openFixture(undefined, createFakeCentral(), derive)
  await poor.ask('device.enrol', { code: 'x' })
  expect(await asks(poor, 'right')).toMatchObject(isIn)
  await Promise.all(poor.goingOn)
  expect(poor.logged).toContainEqual({
    event: 'knownOperatorsFailed',
    data: expect.objectContaining({ name: 'Error' }),
  })
})

const no = (code: ErrorCode) => async (store: StoreFixture) => {
  store.central.signInFault = { code }
  expect(await asks(store, 'right')).toMatchObject({ ok: false, error: { code } })
}
test.each<readonly [string, (store: StoreFixture) => Promise<unknown>]>([
  ['forbidden to a sign-in', no('forbidden')],
  ['no such device', no('deviceUnknown')],
  [
    'the directory, which has her no more',
    (store) => {
      store.central.unlist('staff:1003')
      return store.settle()
    },
  ],
])('S9.9 what ends her signing in without central meanwhile ends this, too: %s', async (_what, end) => {
  const { store, waiting, release } = await openHeld()
  await asks(store, 'right')
  expect(waiting).toHaveLength(1)
  await end(store)
  release()
  await Promise.all(store.goingOn)
  expect(known(store)).toEqual([])
  cuts(store)
  expect(await asks(store, 'right')).toMatchObject({ ok: false, error: { code: 'offlineUnknown' } })
})

test('S9.9 who is ended while her password is changed is not known by the new one', async () => {
  const { store, waiting, release } = await openHeld()
  await asks(store, 'x')
  release()
  await Promise.all(store.goingOn)
  const changing = store.askRaw('session.changePassword', { old: 'x', fresh: 'another-one' })
  await expect.poll(() => waiting.length).toBe(1)
  store.central.unlist('staff:1003')
  await store.settle()
  release()
  await expect.poll(() => waiting.length).toBe(1)
  release()
  expect(await changing).toEqual({ ok: true, value: null })
  expect(known(store)).toEqual([])
})

test('an earlier password is no younger by a later one, and is none where that one could not be kept', async () => {
  const { store, release } = await openHeld()
  await asks(store, 'before')
  release()
  await Promise.all(store.goingOn)
  await store.settle()
  const since = () => store.db.prepare('SELECT signed_in_at AS at FROM known_operators').get()
  const before = since()
  await store.ask('store.signOut', null)
  store.clock.time += 11 * 3_600_000
  store.central.now = store.clock.time
  await asks(store, 'after')
  await store.settle()
  expect(since()).toEqual(before)

  store.db.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON known_operators BEGIN SELECT RAISE(ABORT, 'full'); END`)
  release()
  await Promise.all(store.goingOn)
  await store.ask('store.signOut', null)
  cuts(store)
  expect(await asks(store, 'before')).toMatchObject({ ok: false, error: { code: 'offlineUnknown' } })
})

test('let in once more meanwhile, she is known by that, whichever is done last', async () => {
  const { store, waiting, release } = await openHeld()
  await asks(store, 'before')
  await store.ask('store.signOut', null)
  await asks(store, 'after')
  await store.ask('store.signOut', null)
  release(1)
  release()
  cuts(store)
  for (const [password, answer] of [
    ['before', { ok: false, error: { code: 'wrongPassword' } }],
    ['after', isIn],
  ] as const) {
    const asked = asks(store, password)
    await expect.poll(() => waiting.length).toBe(1)
    release()
    expect(await asked).toMatchObject(answer)
  }
})

async function openKnown() {
  const fixture = await openHeld()
  await asks(fixture.store, 'before')
  fixture.release()
  await Promise.all(fixture.store.goingOn)
  await fixture.store.ask('store.signOut', null)
  return fixture
}

test('S9.9 who is ended while her password is looked at without central is not let in', async () => {
  const { store, waiting, release } = await openKnown()
  store.central.signInFault = { code: 'centralUnreachable' }
  const asked = asks(store, 'before')
  await expect.poll(() => waiting.length).toBe(1)
  store.central.unlist('staff:1003')
  await store.settle()
  release()
  expect(await asked).toMatchObject({ ok: false, error: { code: 'offlineUnknown' } })
})

test('a no to an earlier password that is looked at while she is let in by another does not end that', async () => {
  const { store, waiting, release } = await openKnown()
  store.central.signInFault = { code: 'wrongPassword' }
  const refused = asks(store, 'before')
  await expect.poll(() => waiting.length).toBe(1)
  store.central.signInFault = null
  expect(await asks(store, 'after')).toMatchObject(isIn)
  expect(waiting).toHaveLength(2)
  release(1)
  await Promise.all(store.goingOn)
  release()
  expect(await refused).toMatchObject({ ok: false, error: { code: 'wrongPassword' } })
  expect(known(store)).toEqual([{ staffNo: '1003' }])
})
