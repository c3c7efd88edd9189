import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { HOLD_HZ } from '../../../build/pbx/tones.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import type { CallPurpose } from '../../../shared/call/call-fact.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import type { House } from '../house.ts'
import { hasTone, type Ear, type Window } from '../plain/ear.ts'
import type { Row } from '../row.ts'
import { answered, callIdOf, untilDeskHears, untilLines } from './steps.ts'

const UNIT = '1101'
const UNIT_HZ = 820

/** A citizen in a call, and a member unit that is being rung beside it. */
async function asking(house: House, desk: Page, purpose: CallPurpose) {
  const citizen = await answered(house, desk)
  const unit = await house.plainPhone(UNIT)
  await askPhone(desk, 'phone.dial', { number: UNIT, purpose })
  const incoming = await unit.rung()
  incoming.ring()
  return { citizen, incoming }
}

/** The two hear each other, and nothing of the operator. */
async function areAlone(citizen: Awaited<ReturnType<typeof answered>>, unit: Ear): Promise<void> {
  await citizen.plain?.sound.ear.untilTones([UNIT_HZ], [OPERATOR_HZ])
  await unit.untilTones([CITIZEN_HZ], [OPERATOR_HZ])
}

/** The microphone's noise suppression holds a pure tone back: beside two loud ones it is a twentieth, not a third. */
const OPERATOR_SHARE = 0.05

/** Whether somebody hears the other one and the operator at once. */
function hearsBoth(hz: number): (window: Window) => boolean {
  return (window) => hasTone(window, hz) && window.share(OPERATOR_HZ) > OPERATOR_SHARE
}

/** No leg of the desk's is left at the exchange. */
async function deskIsFree(desk: Page): Promise<void> {
  const { call } = await untilLines(desk, ({ call: one, beside }) => one?.phase === 'ended' && beside === null)
  expect(call?.outcome).toBe('transferred')
  await statusSays(desk, '整理')
}

function givesBack(status: number): Row['play'] {
  return async (house) => {
    const { desk } = await house.desk()
    const { citizen, incoming } = await asking(house, desk, 'handOver')
    incoming.refuse(status)
    const lines = await untilLines(desk, ({ beside }) => beside?.phase === 'ended')
    expect(lines.beside?.outcome).toBe('failed')
    await citizen.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
    await untilDeskHears(desk, CITIZEN_HZ)
  }
}

export const transferRows: readonly Row[] = [
  {
    family: 'transfer',
    name: 'handed over: the unit answers, citizen and unit hear each other, and the operator is free',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const { citizen, incoming } = await asking(house, desk, 'handOver')
      await citizen.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      const call = incoming.answer()
      call.sound.hum(UNIT_HZ)
      await areAlone(citizen, call.sound.ear)
      await deskIsFree(desk)
      await citizen.hangUp()
      await call.ended
    },
  },
  {
    family: 'transfer',
    name: 'handed over, and the unit is busy (486): the citizen is back with the operator',
    on: ['asterisk'],
    play: givesBack(486),
  },
  {
    family: 'transfer',
    name: 'handed over, and the unit declines (603): the citizen is back with the operator',
    on: ['asterisk'],
    play: givesBack(603),
  },
  {
    family: 'transfer',
    name: 'nobody answers at the unit, the operator takes the citizen back',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const { citizen, incoming } = await asking(house, desk, 'handOver')
      const { beside } = await untilLines(desk, ({ beside: one }) => one?.phase === 'dialling')
      await askPhone(desk, 'phone.hangUp', { callId: beside?.caller.callId ?? '' })
      await incoming.cancelled
      await citizen.untilHears(OPERATOR_HZ)
      await untilDeskHears(desk, CITIZEN_HZ)
    },
  },
  {
    family: 'consult',
    name: 'asked first, and not put through: the unit is let go by one key, the citizen is back, and nothing was transferred',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const { citizen, incoming } = await asking(house, desk, 'consult')
      const unit = incoming.answer()
      unit.sound.hum(UNIT_HZ)
      await unit.sound.ear.untilTones([OPERATOR_HZ], [CITIZEN_HZ])
      await untilLines(desk, ({ beside }) => beside?.phase === 'talking')
      await desk.keyboard.press('Alt+KeyX')
      expect((await unit.ended).by).toBe('them')
      await citizen.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await untilDeskHears(desk, CITIZEN_HZ)
      const { call } = await untilLines(desk, ({ beside, call: one }) => beside === null && one?.hold.busy === false)
      expect([call?.phase, call?.outcome]).toEqual(['talking', null])
    },
  },
  {
    family: 'consult',
    name: 'asked first, swapped, and put through (REFER with Replaces)',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const { citizen, incoming } = await asking(house, desk, 'consult')
      const unit = incoming.answer()
      unit.sound.hum(UNIT_HZ)
      await unit.sound.ear.untilTones([OPERATOR_HZ], [CITIZEN_HZ])
      await citizen.plain?.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await untilLines(desk, ({ beside, call }) => beside?.phase === 'talking' && call?.hold.busy === false)
      await askPhone(desk, 'phone.swap', null)
      await citizen.plain?.sound.ear.untilTones([OPERATOR_HZ], [HOLD_HZ])
      await unit.sound.ear.untilTones([HOLD_HZ], [OPERATOR_HZ])
      await untilLines(desk, ({ beside, call }) => beside?.hold.busy === false && call?.hold.busy === false)
      await askPhone(desk, 'phone.complete', null)
      await areAlone(citizen, unit.sound.ear)
      await deskIsFree(desk)
      await unit.hangUp()
      expect(await citizen.ended).toBe('operator')
    },
  },
]

/** With a desk of its own. */
export const threeRows: readonly Row[] = [
  {
    family: 'three',
    name: 'an emergency service is joined as it answers, all three hear each other, and the operator leaves by one key',
    on: ['asterisk'],
    play: async (house) => {
      // A tone that goes on for minutes the noise suppression takes for noise: beside two others it would be gone.
      const { desk } = await house.openDesk()
      const { citizen, incoming } = await asking(house, desk, 'emergency')
      const unit = incoming.answer()
      unit.sound.hum(UNIT_HZ)
      await citizen.plain?.sound.ear.until(hearsBoth(UNIT_HZ), 'the unit and the operator')
      await unit.sound.ear.until(hearsBoth(CITIZEN_HZ), 'the citizen and the operator')
      await untilLines(desk, ({ joined, call }) => joined && call?.hold.busy === false)
      await askPhone(desk, 'phone.mute', { callId: await callIdOf(desk), muted: true })
      await citizen.plain?.sound.ear.untilTones([UNIT_HZ], [OPERATOR_HZ])
      await unit.sound.ear.untilTones([CITIZEN_HZ], [OPERATOR_HZ])
      await askPhone(desk, 'phone.complete', null)
      await deskIsFree(desk)
      await areAlone(citizen, unit.sound.ear)
    },
  },
]
