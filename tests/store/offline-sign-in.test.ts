/** Signing in while central is away: who may, for how long, and what becomes of it when central is back. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { Failure } from '../../shared/errors.ts'
import { createDerive } from '../../electron/store/password-key.ts'
import { createFakeCentral } from './fake-central.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const away: Failure = { code: 'centralUnreachable' }
const password = 'x'

const asks = (store: StoreFixture, word = password, staffNo = '1003') =>
  store.askRaw('store.signIn', { staffNo, password: word })
const cuts = ({ central }: StoreFixture, fault: Failure = away) => {
  central.reachable = false
  central.signInFault = fault
}
const restores = ({ central }: StoreFixture) => {
  central.reachable = true
  central.signInFault = null
}
const signInOf = async (store: StoreFixture) => (await store.ask('sync.status', null)).signIn
const known = ({ db }: StoreFixture) => db.prepare('SELECT staff_no AS staffNo FROM known_operators').all()
const offline = {
  ok: true,
  value: { operator: { staffNo: '1003' }, deskCode: 'A1', line: { extension: '1003' }, resume: { token: null } },
}
const refusedAs = (code: string, detail?: string) => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail },
})

/** Signed in at central once and out again; then central goes away. */
async function knownHere(): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  await store.ask('store.signOut', null)
  cuts(store)
  return store
}

describe('who may sign in while central is away', () => {
  test('whoever signed in here with this password; who was not here is told so', async () => {
    const store = await knownHere()
    expect(await asks(store, 'other')).toEqual(refusedAs('wrongPassword'))
    expect(await asks(store, password, '1004')).toEqual(refusedAs('offlineUnknown'))
    expect(await asks(store)).toMatchObject(offline)
    expect(await signInOf(store)).toBe('offline')
  })

  test('central that answers that it cannot is away; whatever else it answers is its word', async () => {
    const store = await knownHere()
    cuts(store, { code: 'centralFailed', detail: '503' })
    expect(await asks(store)).toMatchObject(offline)
    for (const fault of [
      { code: 'centralFailed', detail: '429' },
      { code: 'centralFailed', detail: 'answer' },
      { code: 'forbidden', detail: '403' },
      { code: 'protocolMismatch', detail: '409' },
    ] as const) {
      cuts(store, fault)
      expect(await asks(store)).toEqual(refusedAs(fault.code, fault.detail))
    }
  })

  test('H22.3 who changed her password here signs in with the new one while central is away, with the old one no more', async () => {
    const store = await signedIn(await openFixture())
    const change = (old: string, fresh = 'another-one') => store.askRaw('session.changePassword', { old, fresh })
    expect(await change('wrong')).toEqual(refusedAs('wrongPassword'))
    expect(await change(password)).toEqual({ ok: true, value: null })
    cuts(store)
    expect(await change('another-one', 'a-third-one')).toEqual(refusedAs('centralUnreachable'))
    await store.ask('store.signOut', null)
    expect(await asks(store)).toEqual(refusedAs('wrongPassword'))
    expect(await asks(store, 'another-one')).toMatchObject(offline)
  })

  test('a monitor needs central, also when she was an operator before', async () => {
    const store = await knownHere()
    restores(store)
    store.central.role = 'monitor'
    await asks(store)
    cuts(store)
    expect(known(store)).toEqual([])
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
  })

  test('who is known here waits three seconds for central, who is not as long as ever', async () => {
    const store = await knownHere()
    const before = store.central.patience.length
    await asks(store, password, '1004')
    await asks(store)
    // The last is the desk's own: it asks for her as soon as she is in.
    expect(store.central.patience.slice(before)).toEqual([null, 3_000, null])
  })

  test('central’s no to the password that used to be right ends it; a mistyped one does not', async () => {
    const store = await knownHere()
    cuts(store, { code: 'wrongPassword' })
    expect(await asks(store, 'mistyped')).toEqual(refusedAs('wrongPassword'))
    expect(known(store)).toEqual([{ staffNo: '1003' }])
    expect(await asks(store)).toEqual(refusedAs('wrongPassword'))
    expect(known(store)).toEqual([])
  })

  test('the password and the line’s stand nowhere in the folder, nor in the log', async () => {
    const secret = 'a-secret-nobody-else-has'
    const store = await openFixture(undefined, createFakeCentral(), createDerive())
    await store.ask('device.enrol', { code: 'x' })
    await asks(store, secret)
    cuts(store)
    expect(await asks(store, 'other')).toEqual(refusedAs('wrongPassword'))
    expect(await asks(store, secret)).toMatchObject(offline)
    const files = readdirSync(store.dir).map((name) => readFileSync(join(store.dir, name), 'latin1'))
    const all = `${files.join('')}${JSON.stringify(store.logged)}${JSON.stringify(store.published)}`
    expect(all).not.toContain(secret)
    expect(all).not.toContain('"domain"')
  })
})

describe('for how long', () => {
  test('12 hours from the sign-in at central, then she is forgotten', async () => {
    const store = await knownHere()
    store.clock.time += 12 * HOUR
    expect(await asks(store)).toMatchObject(offline)
    store.clock.time += 1
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
    await store.settle()
    expect(known(store)).toEqual([])
  })

  test('a clock that was turned back gives nothing back, not even after a restart', async () => {
    const store = await knownHere()
    store.clock.time += 12 * HOUR + 1
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
    store.clock.time -= 11 * HOUR
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
    const again = await openFixture(store.dir, store.central)
    expect(await asks(again)).toEqual(refusedAs('offlineUnknown'))
  })

  test('a desk whose clock is a day wrong counts by central’s', async () => {
    const store = await openFixture()
    store.central.now = store.clock.time + 24 * HOUR
    await signedIn(store)
    await store.ask('store.signOut', null)
    cuts(store)
    store.clock.time += 11 * HOUR
    expect(await asks(store)).toMatchObject(offline)
    store.clock.time += 2 * HOUR
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
  })
})

describe('a clock that was set back', () => {
  test('S9.10 by more than five minutes, while the program was off or on, lets nobody in till it is right or central is back', async () => {
    const store = await knownHere()
    store.clock.time += 4 * HOUR
    await store.settle()
    const again = await openFixture(store.dir, store.central)
    again.clock.time = store.clock.time - 5 * MINUTE - 1
    expect(await asks(again)).toEqual(refusedAs('clockBehind'))
    expect(known(again)).toEqual([{ staffNo: '1003' }])
    again.clock.time += 1
    expect(await asks(again)).toMatchObject(offline)
    again.clock.time -= 2 * HOUR
    expect(await asks(again)).toEqual(refusedAs('clockBehind'))
    restores(again)
    expect(await asks(again)).toMatchObject({ ok: true, value: { resume: { token: 'token' } } })
  })

  test('S9.10 between a sign-in and central’s next answer does not lengthen her 12 hours', async () => {
    const store = await openFixture()
    store.clock.time = 100 * HOUR
    store.central.now = store.clock.time
    await store.ask('device.enrol', { code: 'x' })
    await store.settle()
    // Let in, and the exchange after it fails.
    store.central.reachable = false
    await asks(store)
    await store.settle()
    store.clock.time -= 48 * HOUR
    store.central.reachable = true
    await store.settle()
    await store.settle()
    await store.ask('store.signOut', null)
    cuts(store)
    store.clock.time += 12 * HOUR
    expect(await asks(store)).toMatchObject(offline)
    store.clock.time += 1
    expect(await asks(store)).toEqual(refusedAs('offlineUnknown'))
  })
})

describe('wrong passwords', () => {
  test('five within 15 minutes lock her out for 15, also after a restart and with the right one', async () => {
    const store = await knownHere()
    for (let time = 0; time < 5; time++) expect(await asks(store, 'other')).toEqual(refusedAs('wrongPassword'))
    expect(await asks(store)).toEqual(refusedAs('lockedOut', '15'))
    const again = await openFixture(store.dir, store.central)
    again.clock.time = store.clock.time + 14 * MINUTE + 1
    expect(await asks(again)).toEqual(refusedAs('lockedOut', '1'))
    again.clock.time += MINUTE
    expect(await asks(again)).toMatchObject(offline)
  })

  test('the right one between, or 15 minutes, begin the count anew; many at once count each', async () => {
    const store = await knownHere()
    for (let time = 0; time < 4; time++) await asks(store, 'other')
    expect(await asks(store)).toMatchObject(offline)
    for (let time = 0; time < 4; time++) await asks(store, 'other')
    store.clock.time += 15 * MINUTE + 1
    expect(await asks(store, 'other')).toEqual(refusedAs('wrongPassword'))
    expect(await asks(store)).toMatchObject(offline)
    const many = await Promise.all(Array.from({ length: 9 }, () => asks(store, 'other')))
    expect(many.filter((one) => JSON.stringify(one).includes('wrongPassword'))).toHaveLength(5)
  })
})

describe('when central is back', () => {
  test('she is signed in there by herself, what waited is sent in her name, and main learns the token', async () => {
    const store = await knownHere()
    await asks(store)
    const { caseNo } = await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    expect(caseNo).toMatch(/-A1-/)
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({
      waiting: 2,
      central: 'unreachable',
      signIn: 'offline',
    })
    restores(store)
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable', signIn: 'central' })
    expect(store.central.applied.map(({ author }) => author)).toEqual(['1003', '1003'])
    expect(store.published).toContainEqual({
      name: 'session.proved',
      data: expect.objectContaining({ staffNo: '1003', token: 'token' }) as unknown,
    })
  })

  test('a store that was started again wants her password once more, and loses nothing meanwhile', async () => {
    const store = await knownHere()
    const again = await openFixture(store.dir, store.central)
    await again.ask('store.resume', {
      staffNo: '1003',
      token: null,
      session: null,
      device: null,
      numberPlan: defaultNumberPlan,
    })
    await again.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    restores(again)
    await again.settle()
    // The desk is a device: what she did is sent, whether or not central knows who sits here.
    expect(await again.ask('sync.status', null)).toMatchObject({ waiting: 0, signIn: 'passwordWanted' })
    await asks(again)
    await again.settle()
    expect(await again.ask('sync.status', null)).toMatchObject({ waiting: 0, signIn: 'central' })
  })

  test('central refuses her: she works on, is known no longer, and the desk sends her work', async () => {
    const store = await knownHere()
    await asks(store)
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    restores(store)
    store.central.signInFault = { code: 'wrongPassword' }
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable', signIn: 'refused' })
    expect(known(store)).toEqual([])
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    await store.ask('store.signOut', null)
    store.central.signInFault = null
    await asks(store, password, '1004')
    await store.settle()
    expect(store.central.applied.map(({ author }) => author)).toEqual(['1003', '1003', '1003', '1003'])
  })

  test('who signs out before central is back is not signed in there', async () => {
    const store = await knownHere()
    await asks(store)
    await store.ask('store.signOut', null)
    restores(store)
    const before = store.central.patience.length
    await store.settle()
    expect(store.central.patience).toHaveLength(before)
    expect(await signInOf(store)).toBe('none')
  })
})
