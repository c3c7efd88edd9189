/** Who was let in is locked behind her password beside her work: she waits for it no more than anybody else is lied to. */
import { expect, test } from 'vitest'
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

test('S9.9 what ends her signing in without central meanwhile ends this, too', async () => {
  const { store, waiting, release } = await openHeld()
  await asks(store, 'right')
  await store.ask('store.signOut', null)
  store.central.signInFault = { code: 'forbidden' }
  expect(await asks(store, 'right')).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(waiting).toHaveLength(1)
  release()
  cuts(store)
  expect(await asks(store, 'right')).toMatchObject({ ok: false, error: { code: 'offlineUnknown' } })
  expect(known(store)).toEqual([])
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
