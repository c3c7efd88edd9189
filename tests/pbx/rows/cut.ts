/** A link that is cut, and the call that comes back. */
import { setTimeout as pass } from 'node:timers/promises'
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { statusSays } from '../../e2e/fixture.ts'
import { openCutter } from '../cutter.ts'
import { openMediaRoad } from '../media-road.ts'
import type { Row } from '../row.ts'
import { cutOff, deskBy, isWhole } from './road.ts'
import { answered, callIdOf, untilLines } from './steps.ts'

/** A call whose link is cut for so many seconds. */
const cutFor = (seconds: number): Row => ({
  family: 'cut',
  name: `for ${seconds} s in a call: the same call, sound both ways, one contact`,
  on: ['asterisk'],
  play: async (house) => {
    const road = await openCutter(house.sip)
    const desk = await deskBy(house, road)
    const citizen = await answered(house, desk)
    const callId = await callIdOf(desk)
    await cutOff(road, desk)
    // The length of the cut is what the row is about.
    await pass(seconds * 1000)
    road.mend()
    await isWhole(house, desk, citizen, callId)
  },
})

export const cutRows: readonly Row[] = [
  cutFor(1),
  cutFor(5),
  cutFor(30),
  {
    family: 'cut',
    name: 'once more before the call has found its way: the offer that went with it costs neither the call nor its sound',
    on: ['asterisk'],
    play: async (house) => {
      const beyond = await openMediaRoad(house.sip)
      const road = await openCutter(beyond.url)
      const desk = await deskBy(house, road)
      const citizen = await answered(house, desk)
      const callId = await callIdOf(desk)
      const lost = beyond.loseNextOffer()
      await cutOff(road, desk)
      road.mend()
      await lost
      await cutOff(road, desk)
      road.mend()
      await isWhole(house, desk, citizen, callId)
    },
  },
  {
    family: 'cut',
    name: 'while it rings, and it is answered before the link is back: they speak with each other',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openCutter(house.sip)
      const desk = await deskBy(house, road)
      const citizen = await house.citizen()
      await statusSays(desk, '振铃')
      const callId = await callIdOf(desk)
      await cutOff(road, desk)
      await desk.keyboard.press('F5')
      road.mend()
      await untilLines(desk, ({ call }) => call?.phase === 'talking')
      await isWhole(house, desk, citizen, callId)
    },
  },
  {
    family: 'cut',
    name: 'while it rings: the exchange offers the call anew, it rings on as the same, and is answered',
    on: ['asterisk'],
    play: async (house) => {
      const beyond = await openMediaRoad(house.sip)
      const road = await openCutter(beyond.url)
      const desk = await deskBy(house, road)
      const citizen = await house.citizen()
      await statusSays(desk, '振铃')
      const callId = await callIdOf(desk)
      await cutOff(road, desk)
      road.mend()
      const offers = () => beyond.said.filter(({ by, text }) => by === 'exchange' && text.startsWith('INVITE ')).length
      await until(async () => offers() > 1, 'the call offered anew')
      expect((await phoneSnapshot(desk)).call).toMatchObject({ phase: 'ringing', caller: { callId } })
      await desk.keyboard.press('F5')
      await untilLines(desk, ({ call }) => call?.phase === 'talking')
      await isWhole(house, desk, citizen, callId)
    },
  },
  {
    family: 'cut',
    name: 'while it rings, and the citizen gives up: the ring is missed, and the desk is not rung any more',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openCutter(house.sip)
      const desk = await deskBy(house, road)
      const citizen = await house.citizen()
      await statusSays(desk, '振铃')
      road.cut()
      await citizen.hangUp()
      road.mend()
      await untilLines(desk, ({ call }) => call?.outcome === 'missed')
      await statusSays(desk, '未接来电')
    },
  },
]
