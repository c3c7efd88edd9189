import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { readWav } from '../../../central/practice/wav.ts'
import { CITIZEN_HZ, factsAtCentral, OPERATOR_HZ } from '../../e2e/fixture.ts'
import { toneShare } from '../plain/ear.ts'
import type { House } from '../house.ts'
import type { Row } from '../row.ts'
import { answered, untilDeskHears, untilLines } from './steps.ts'

/** The codes of build/pbx/etc/features.conf. */
const codes = { recordPause: '*91', recordResume: '*92' }
/** What the citizen hums while the recording is paused, and after that. */
const SECRET_HZ = 700
const AFTER_HZ = 1900
const UNIT = '1101'

/** In how many of its tenths of a second a recording holds each of these tones. */
function tenthsWith(file: string, tones: readonly number[]): number[] {
  const { samples, sampleRate } = readWav(readFileSync(file))
  const length = sampleRate / 10
  const tenths = Array.from({ length: Math.floor(samples.length / length) }, (_none, at) =>
    samples.slice(at * length, (at + 1) * length),
  )
  return tones.map((hz) => tenths.filter((tenth) => toneShare(tenth, hz, sampleRate) > 0.15).length)
}

/** A citizen in a call whose recording the desk may pause; what the exchange says is heard from before. */
async function recorded(house: House) {
  const { desk, dataDir } = await house.openDesk(codes)
  const events = house.listen()
  const citizen = await answered(house, desk)
  const ears = citizen.plain?.sound
  if (events === null || ears === undefined) throw new Error('this row needs the real exchange')
  await untilDeskHears(desk, CITIZEN_HZ)
  await citizen.untilHears(OPERATOR_HZ)
  return { desk, dataDir, events, citizen, hum: ears.hum }
}

export const recordingRows: readonly Row[] = [
  {
    family: 'recording',
    name: 'has the name that the exchange gave it; what is said while it is paused is not in it, what is said before and after is',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, dataDir, events, citizen, hum } = await recorded(house)
      const { call } = await untilLines(desk, ({ call: one }) => one?.care.recording.name != null)
      const name = call?.care.recording.name ?? ''
      expect(name).toBe(`${call?.caller.callId}.wav`)
      await desk.keyboard.press('Alt+KeyP')
      await desk.getByTestId('recording-paused').waitFor()
      await events.until('MixMonitorStop')
      hum(SECRET_HZ)
      await untilDeskHears(desk, SECRET_HZ)
      // Two windows of a fifth of a second, so that it would be more than a moment in the file.
      await citizen.untilHears(OPERATOR_HZ)
      await citizen.untilHears(OPERATOR_HZ)
      hum(CITIZEN_HZ)
      await untilDeskHears(desk, CITIZEN_HZ)
      const starts = events.all('MixMonitorStart').length
      await desk.keyboard.press('Alt+KeyP')
      await until(async () => events.all('MixMonitorStart').length > starts, 'the recording to go on')
      await desk.getByTestId('recording-paused').waitFor({ state: 'detached' })
      hum(AFTER_HZ)
      await untilDeskHears(desk, AFTER_HZ)
      await citizen.hangUp()
      await untilLines(desk, ({ call: one }) => one?.outcome === 'completed')
      // The file is whole a moment after the call.
      const [before, secret] = await until(async () => {
        const tenths = tenthsWith(house.pbx().recording(name), [CITIZEN_HZ, SECRET_HZ, AFTER_HZ])
        return Number(tenths[2]) > 0 ? tenths : null
      }, 'a recording that went on after the pause')
      expect({ before: Number(before) > 0, secret }).toEqual({ before: true, secret: 0 })
      const { kinds } = await until(async () => {
        const told = factsAtCentral(dataDir, call?.caller.callId ?? '')
        return told.kinds.includes('ended') ? told : null
      }, 'the facts at central')
      expect(kinds.filter((kind) => kind.startsWith('record'))).toEqual([
        'recorded',
        'recordingPaused',
        'recordingResumed',
      ])
    },
  },
  {
    family: 'recording',
    name: 'a paused one goes on before the citizen is put through',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, events, citizen } = await recorded(house)
      await desk.keyboard.press('Alt+KeyP')
      await events.until('MixMonitorStop')
      const before = events.all('MixMonitorStart').length
      const unit = await house.plainPhone(UNIT)
      await desk.keyboard.press('Alt+KeyD')
      await desk.keyboard.type(UNIT)
      await desk.keyboard.press('Shift+Enter')
      const call = (await unit.rung()).answer()
      call.sound.hum(AFTER_HZ)
      await citizen.plain?.sound.ear.untilTones([AFTER_HZ], [OPERATOR_HZ])
      expect(events.all('MixMonitorStart').length).toBe(before + 1)
      const { call: passed } = await untilLines(desk, ({ call: one }) => one?.phase === 'ended')
      expect(passed).toMatchObject({ outcome: 'transferred', care: { recording: { pausedAt: null } } })
    },
  },
]
