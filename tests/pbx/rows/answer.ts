import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneStats } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import { BOTH, type Row } from '../row.ts'
import { answered, untilDeskHears } from './steps.ts'

export const answerRows: readonly Row[] = [
  {
    family: 'answer',
    name: 'both hear each other, each the other’s own tone',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.desk()
      const events = house.listen()
      const citizen = await answered(house, desk)
      await Promise.all([untilDeskHears(desk, CITIZEN_HZ), citizen.untilHears(OPERATOR_HZ)])
      const stats = await phoneStats(desk)
      expect(stats.packetsReceived).toBeGreaterThan(0)
      expect(stats.remoteReports).toBeGreaterThan(0)
      if (events === null || citizen.plain === null) return
      await events.until('AgentConnect', { Interface: `PJSIP/${EXTENSION}` })
      // The operator's tone and nothing of the citizen's own: no echo comes back.
      await citizen.plain.sound.ear.untilTones([OPERATOR_HZ], [CITIZEN_HZ])
      // The assertion can fail: another tone is heard as another.
      citizen.plain.sound.hum(700)
      await untilDeskHears(desk, 700)
    },
  },
  {
    family: 'answer',
    name: 'muted, the citizen hears nothing; then the operator again',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
      await desk.keyboard.press('F7')
      await citizen.plain?.sound.ear.untilSilence()
      await desk.keyboard.press('F7')
      await citizen.untilHears(OPERATOR_HZ)
      await until(async () => (await phoneStats(desk)).remoteLost === 0, 'the exchange lost nothing of ours')
      await statusSays(desk, '通话中')
    },
  },
]
