/** Signing in with a second factor at the desk: the code goes to central and stays nowhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFakeCentral, type FakeCentral } from './fake-central.ts'
import { openFixture, signedIn } from './store-fixture.ts'

const monitor = { staffNo: '1010', password: 'a-password' }
const known = ({ db }: Awaited<ReturnType<typeof openFixture>>) =>
  db.prepare('SELECT staff_no AS staffNo FROM known_operators').all()

/** A central that wants this code of who signs in. */
function wanting(code: string): FakeCentral {
  const central = createFakeCentral()
  const { signIn } = central
  central.role = 'monitor'
  central.signIn = async (device, input, patienceMs) => {
    const answer = await signIn(device, input, patienceMs)
    if (!answer.ok || input.code === code) return answer
    return { ok: false, error: { code: input.code === undefined ? 'codeRequired' : 'codeWrong', detail: '401' } }
  }
  return central
}

test('the code is handed on to central, whose word it is; it is kept nowhere, and neither is she', async () => {
  const store = await openFixture(undefined, wanting('428193'))
  await store.ask('device.enrol', { code: 'x' })
  expect(await store.askRaw('store.signIn', monitor)).toMatchObject({ error: { code: 'codeRequired' } })
  const wrong = { ...monitor, code: '000000' }
  expect(await store.askRaw('store.signIn', wrong)).toMatchObject({ error: { code: 'codeWrong' } })
  const right = { ...monitor, code: '428193' }
  expect(await store.askRaw('store.signIn', right)).toMatchObject({ ok: true, value: { resume: { token: 'token' } } })
  await store.settle()
  expect(known(store)).toEqual([])
  const files = readdirSync(store.dir).map((name) => readFileSync(join(store.dir, name), 'latin1'))
  const all = `${files.join('')}${JSON.stringify(store.logged)}${JSON.stringify(store.published)}`
  expect(all).not.toContain('428193')
})

test('with central away nobody with a second factor is let in, with a code or without', async () => {
  const store = await openFixture(undefined, wanting('428193'))
  await store.ask('device.enrol', { code: 'x' })
  await store.ask('store.signIn', { ...monitor, code: '428193' })
  await store.ask('store.signOut', null)
  store.central.reachable = false
  store.central.signInFault = { code: 'centralUnreachable' }
  const refused = { ok: false, error: { code: 'offlineUnknown' } }
  expect(await store.askRaw('store.signIn', monitor)).toEqual(refused)
  expect(await store.askRaw('store.signIn', { ...monitor, code: '428193' })).toEqual(refused)
})

for (const code of ['codeRequired', 'codeWrong', 'codeNotEnrolled'] as const)
  test(`an operator who leads a shift from now on (${code}) is known here no more`, async () => {
    const store = await signedIn(await openFixture())
    await store.ask('store.signOut', null)
    expect(known(store)).toEqual([{ staffNo: '1003' }])
    store.central.signInFault = { code }
    await store.askRaw('store.signIn', { staffNo: '1003', password: 'x' })
    expect(known(store)).toEqual([])
  })
