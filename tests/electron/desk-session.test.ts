import { expect, test } from 'vitest'
import { createDeskSession } from '../../electron/desk-session.ts'
import type { Router } from '../../electron/ipc/router.ts'
import { noLines } from '../../shared/call/lines.ts'
import { signedOff } from '../../shared/call/operator-status.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import { settingsSchema } from '../../shared/settings.ts'

const told: PhoneSnapshot['untold'] = [
  { fact: { callId: 'a', kind: 'offered', at: 1, number: '13800138000', queue: '12345' }, author: '1001' },
]
const snapshot: PhoneSnapshot = {
  ...noLines,
  operator: signedOff,
  wrapUpSeconds: 60,
  queue: 'none',
  line: 'registered',
  problem: null,
  microphone: 'ready',
  sound: 'ready',
  author: '1001',
  untold: told,
  stalled: true,
} as PhoneSnapshot

/** A router whose other parties answer so. */
const routerBy = (answer: (name: string, input: unknown) => unknown) =>
  ({ invoke: (name: string, input: unknown) => Promise.resolve(answer(name, input)) }) as unknown as Router

test('what a dead phone had not told the store is told by its successor, also when the operator has signed out', async () => {
  const restored: PhoneSnapshot[] = []
  const answers: Record<string, unknown> = { 'phone.snapshot': { ok: false, error: { code: 'phoneDown' } } }
  const router = routerBy((name, input) => {
    if (name === 'phone.restore') restored.push(input as PhoneSnapshot)
    return answers[name] ?? { ok: true, value: null }
  })
  const session = createDeskSession(settingsSchema.parse({}), () => Promise.resolve())
  session.phoneSaid(snapshot)
  session.phoneDied()
  expect((await session.signOut(router)).ok).toBe(true)
  await session.restorePhone(router)
  expect(restored).toMatchObject([{ untold: told, author: '' }])
})

test('a phone that hung while she signed in is told of the line when it turns again, and one that knows it is not told twice', async () => {
  let hangs = true
  let asked = 0
  const operator = { staffNo: '1001', name: '张三', role: 'operator' }
  const line = { extension: '1001', password: 'x', domain: 'x' }
  const router = routerBy((name) => {
    if (name === 'store.signIn')
      return { ok: true, value: { operator, deskCode: 'A1', numberPlan: null, line, resume: null } }
    asked += 1
    return hangs ? { ok: false, error: { code: 'phoneDown' } } : { ok: true, value: null }
  })
  const settings = settingsSchema.parse({ sip: ['ws://127.0.0.1:1'] })
  const session = createDeskSession(settings, () => Promise.resolve())
  await session.phoneBack(router)
  expect(asked).toBe(0)
  await session.signIn(router, { staffNo: '1001', password: 'x' })
  expect(asked).toBe(1)
  hangs = false
  await session.phoneBack(router)
  await session.phoneBack(router)
  expect(asked).toBe(2)
})
