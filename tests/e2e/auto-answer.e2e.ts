/** A call that is answered by itself: the operator hears it coming before the citizen hears her. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { phoneSnapshot, untilPhase } from '../../build/stack/drive.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { CITIZEN_HZ, NUMBER, openApp, readyDesk } from './fixture.ts'
import { tapOutput, untilTapped } from './output-tap.ts'

const SECONDS = 1
/** The tone of renderer/phone/ringer.ts: 0.3 s, of which the end is too soft to be measured, then a short pause. */
const TONE_HZ = 880
const HEARD_SECONDS = 0.15

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('A3 where calls are answered by themselves the operator’s output plays the tone, and only then the citizen is answered', async () => {
  const app = await openApp({ stack, settings: { autoAnswer: SECONDS } })
  const desk = await readyDesk(app)
  const phone = await app.phone()
  await tapOutput(phone, TONE_HZ)
  const citizen = stack.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
  onTestFinished(() => citizen.stop().then(() => undefined))
  await untilPhase(desk, 'talking')
  const { toneSeconds, toneEnd, answeredAt } = await untilTapped(phone)
  expect(toneSeconds).toBeGreaterThan(HEARD_SECONDS)
  expect(toneEnd).toBeLessThan(answeredAt)
  const { call } = await phoneSnapshot(desk)
  expect((call?.answeredAt ?? 0) - (call?.ringAt ?? 0)).toBeGreaterThanOrEqual(SECONDS * 1000)
})
