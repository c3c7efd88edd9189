/** What is heard of a dialled call before anybody answers. */
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { EARLY_HZ } from '../../../build/pbx/tones.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { factsAtCentral, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import { hasTone } from '../plain/ear.ts'
import type { Row } from '../row.ts'
import { untilDeskHears, untilLines } from './steps.ts'

const COLLEAGUE = '1101'
const EARLY_COLLEAGUE_HZ = 700
const COLLEAGUE_HZ = 820
const ANNOUNCED = '635'

/** Until this tone is heard of a call that nobody has answered. */
async function untilHeardEarly(desk: Page, hz: number): Promise<void> {
  await untilLines(desk, ({ call }) => call?.phase === 'dialling' && call.earlySound)
  await untilDeskHears(desk, hz)
}

/** A number is dialled that says something before any answer, and the desk says so. */
async function announced(house: House) {
  const { desk, dataDir } = await house.desk()
  const { callId } = await askPhone(desk, 'phone.dial', { number: ANNOUNCED, purpose: 'citizen' })
  await untilHeardEarly(desk, EARLY_HZ)
  await desk.getByTestId('caller-card').filter({ hasText: '自动提示音' }).waitFor()
  expect((await phoneSnapshot(desk)).call).toMatchObject({ phase: 'dialling', answeredAt: null })
  return { desk, dataDir, callId }
}

export const earlyRows: readonly Row[] = [
  {
    family: 'early',
    name: 'an announcement before the answer (183) is heard; the call was never answered, and says why it failed',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, dataDir, callId } = await announced(house)
      const { call } = await untilLines(desk, ({ call: one }) => one?.phase === 'ended')
      expect(call).toMatchObject({ outcome: 'failed', status: 486, answeredAt: null })
      const told = () => factsAtCentral(dataDir, callId)
      await until(() => Promise.resolve(told().outcome === 'failed'), 'the call at central')
      expect(told().kinds).toEqual(['dialled', 'ended'])
    },
  },
  {
    family: 'early',
    name: 'given up while the announcement runs (CANCEL): the exchange has nothing of it any more',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, callId } = await announced(house)
      const events = house.listen()
      await askPhone(desk, 'phone.hangUp', { callId })
      await events?.until('Hangup', { CallerIDNum: EXTENSION })
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
    },
  },
  {
    family: 'early',
    name: 'a telephone that sounds (183), rings and answers: heard all along, and itself hears the operator from the answer on',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const colleague = await house.plainPhone(COLLEAGUE)
      await askPhone(desk, 'phone.dial', { number: COLLEAGUE, purpose: 'citizen' })
      const incoming = await colleague.rung()
      const sound = incoming.early()
      sound.hum(EARLY_COLLEAGUE_HZ)
      await untilHeardEarly(desk, EARLY_COLLEAGUE_HZ)
      incoming.ring()
      const window = sound.ear.last()
      expect(window !== null && hasTone(window, OPERATOR_HZ)).toBe(false)
      expect((await phoneSnapshot(desk)).call?.phase).toBe('dialling')
      const call = incoming.answer()
      call.sound.hum(COLLEAGUE_HZ)
      await statusSays(desk, '通话中')
      await call.sound.ear.untilTone(OPERATOR_HZ)
      await untilDeskHears(desk, COLLEAGUE_HZ)
      await call.hangUp()
      await statusSays(desk, '整理')
    },
  },
]
