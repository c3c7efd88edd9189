/** A call that is answered by itself: the operator hears it coming before the citizen hears her. */
import { expect, onTestFinished } from 'vitest'
import { phoneSnapshot, untilPhase } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, NUMBER } from '../fixture.ts'
import type { Scene } from '../shift.ts'
import { tapOutput, untilTapped } from './output-tap.ts'

const SECONDS = 1
/** The tone of renderer/phone/ringer.ts: 0.3 s, of which the end is too soft to be measured, then a short pause. */
const TONE_HZ = 880
const HEARD_SECONDS = 0.15

export const autoAnswerScenes: readonly Scene[] = [
  {
    name: 'A3 where calls are answered by themselves the operator’s output plays the tone, and only then the citizen is answered',
    async play(shift) {
      const { app, desk } = await shift.ownDesk({ settings: { autoAnswer: SECONDS } })
      const phone = await app.phone()
      await tapOutput(phone, TONE_HZ)
      const citizen = shift.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
      onTestFinished(() => citizen.stop().then(() => undefined))
      await untilPhase(desk, 'talking')
      const { toneSeconds, toneEnd, answeredAt } = await untilTapped(phone)
      expect(toneSeconds).toBeGreaterThan(HEARD_SECONDS)
      expect(toneEnd).toBeLessThan(answeredAt)
      const { call } = await phoneSnapshot(desk)
      expect((call?.answeredAt ?? 0) - (call?.ringAt ?? 0)).toBeGreaterThanOrEqual(SECONDS * 1000)
    },
  },
]
