import { expect } from 'vitest'
import { askPhone } from '../../../build/stack/ask.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import type { Row } from '../row.ts'
import { untilDeskHears, untilLines } from './steps.ts'

const COLLEAGUE = '1101'
const COLLEAGUE_HZ = 820

function failsWith(number: string, status: number): Row['play'] {
  return async (house) => {
    const { desk } = await house.desk()
    await askPhone(desk, 'phone.dial', { number, purpose: 'citizen' })
    const { call } = await untilLines(desk, ({ call: one }) => one?.phase === 'ended')
    expect(call).toMatchObject({ outcome: 'failed', status })
  }
}

export const dialRows: readonly Row[] = [
  {
    family: 'dial',
    name: 'a number is dialled, rings, is answered, and both hear each other; then they hang up there',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const colleague = await house.plainPhone(COLLEAGUE)
      await askPhone(desk, 'phone.dial', { number: COLLEAGUE, purpose: 'citizen' })
      const incoming = await colleague.rung()
      // C15: the exchange has rung her telephone, which has not said yet that it rings.
      expect((await phoneSnapshot(desk)).call).toMatchObject({ phase: 'dialling', rangThere: false })
      incoming.ring()
      await untilLines(desk, ({ call }) => call?.phase === 'dialling' && call.rangThere)
      const call = incoming.answer()
      call.sound.hum(COLLEAGUE_HZ)
      await statusSays(desk, '通话中')
      await call.sound.ear.untilTone(OPERATOR_HZ)
      await untilDeskHears(desk, COLLEAGUE_HZ)
      await call.hangUp()
      await statusSays(desk, '整理')
    },
  },
  {
    family: 'redial',
    name: 'Alt R dials the last number again, and both hear each other',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const colleague = await house.plainPhone(COLLEAGUE)
      await desk.keyboard.press('Alt+KeyD')
      await desk.keyboard.type(COLLEAGUE)
      await desk.keyboard.press('Enter')
      const first = await colleague.rung()
      first.refuse(486)
      await untilLines(desk, ({ call }) => call?.status === 486)
      await desk.keyboard.press('Alt+KeyR')
      const call = (await colleague.rung()).answer()
      call.sound.hum(COLLEAGUE_HZ)
      await call.sound.ear.untilTone(OPERATOR_HZ)
      await untilDeskHears(desk, COLLEAGUE_HZ)
      await call.hangUp()
      await statusSays(desk, '整理')
    },
  },
  { family: 'dial', name: '630, busy: the call fails with its reason', on: ['asterisk'], play: failsWith('630', 486) },
  { family: 'dial', name: '633, refused: with its reason', on: ['asterisk'], play: failsWith('633', 403) },
  { family: 'dial', name: '634, no such number: with its reason', on: ['asterisk'], play: failsWith('634', 404) },
  {
    family: 'dial',
    name: 'given up while it rings: the other one stops ringing',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const colleague = await house.plainPhone(COLLEAGUE)
      const { callId } = await askPhone(desk, 'phone.dial', { number: COLLEAGUE, purpose: 'citizen' })
      const incoming = await colleague.rung()
      incoming.ring()
      await askPhone(desk, 'phone.hangUp', { callId })
      await incoming.cancelled
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
    },
  },
]
