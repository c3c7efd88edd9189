/** The sound of a call in the real app: another microphone in the middle of it, and what central is told of it. */
import { expect } from 'vitest'
import { untilCitizenHears } from '../../../build/stack/citizen-hears.ts'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats, untilPhase } from '../../../build/stack/drive.ts'
import { factsAtCentral, OPERATOR_HZ, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

export const soundScenes: readonly Scene[] = [
  {
    name: 'another microphone is taken in mid-call: the same call goes on, the citizen hears her, and central is told how it sounded',
    async play(shift) {
      const { desk, dataDir } = await shift.desk()
      const citizen = await talk(shift, desk)
      const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
      await untilCitizenHears(citizen, OPERATOR_HZ)

      await desk.keyboard.press('Alt+KeyY')
      const microphones = desk.getByLabel('麦克风', { exact: true })
      await microphones.locator('option', { hasText: 'Fake Audio Input 2' }).waitFor({ state: 'attached' })
      const before = await phoneStats(desk)
      await microphones.selectOption({ label: 'Fake Audio Input 2' })
      await desk.waitForFunction(() => {
        const meter = document.querySelector<HTMLMeterElement>('[data-testid="microphone-level"]')
        return meter !== null && meter.value > 0.1
      })
      await desk.keyboard.press('Escape')
      const after = await until(async () => {
        const stats = await phoneStats(desk)
        return stats.packetsSent > before.packetsSent + 50 && Math.abs(stats.operator.peakHz - OPERATOR_HZ) < 15
          ? stats
          : null
      }, 'the other microphone at the phone')
      expect(after.callId).toBe(callId)
      await untilCitizenHears(citizen, OPERATOR_HZ)
      // One who hears and is heard is said nothing of.
      expect(await desk.getByTestId('sound-sign').getAttribute('data-tone')).toBe('ok')

      await desk.keyboard.press('F12')
      await untilPhase(desk, 'ended')
      await until(
        () => Promise.resolve(factsAtCentral(dataDir, callId).kinds.includes('quality') ? true : null),
        'the record of the quality in central',
      )
      expect(factsAtCentral(dataDir, callId).kinds.filter((kind) => kind === 'quality')).toHaveLength(1)
    },
  },
  {
    name: 'a microphone that opens while the call is already being answered is heard',
    async play(shift) {
      const { app, desk } = await shift.ownDesk()
      const phone = await app.phone()
      // It opens as late as can be: when the answer has been made, with silence, and is not said yet.
      await phone.evaluate(() => {
        const media = navigator.mediaDevices
        const open = media.getUserMedia.bind(media)
        const [asked, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        media.getUserMedia = async (wanted) => {
          await asked.promise
          const stream = await open(wanted)
          setTimeout(() => opened.resolve())
          return stream
        }
        const { prototype } = RTCPeerConnection
        const describe = prototype.setLocalDescription
        prototype.setLocalDescription = async function (this: RTCPeerConnection, ...description) {
          asked.resolve()
          await opened.promise
          return Reflect.apply(describe, this, description) as Promise<void>
        } as typeof describe
      })
      const citizen = await talk(shift, desk)
      await untilCitizenHears(citizen, OPERATOR_HZ)
    },
  },
]
