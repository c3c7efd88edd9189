/** What goes wrong with a link that stands: a dead socket, sound without a way, offers that meet, a call that nobody refreshes. */
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { askPhone } from '../../../build/stack/ask.ts'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats } from '../../../build/stack/drive.ts'
import { OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { openCutter } from '../cutter.ts'
import { openMediaRoad } from '../media-road.ts'
import { EXTENSION } from '../house.ts'
import type { Row } from '../row.ts'
import { appBy, deskBy, isWhole } from './road.ts'
import { answered, callIdOf, untilLines } from './steps.ts'

/** No network loses packets for so long by chance, in ms. */
const LOST_MS = 3_000

/** Longer than the exchange's interval (90 s), and than an INVITE waits for its answer (64·T1, RFC 3261 17.1.1.2), in ms. */
const SESSION_MS = 120_000
const TRANSACTION_MS = 45_000

/** Until the call is lost, within this time: the operator is told, and the desk owes a call. */
async function isLost(desk: Page, withinMs: number): Promise<void> {
  await until(async () => (await phoneSnapshot(desk)).call?.outcome === 'lost', 'the call is lost', withinMs)
  await statusSays(desk, '整理')
  await desk.getByTestId('caller-card').filter({ hasText: '通话中断，请回拨市民' }).waitFor()
  await desk.getByTestId('today-sign').filter({ hasText: '欠回电 1' }).waitFor()
}

const fieldOf = (text: string, name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''

export const troubleRows: readonly Row[] = [
  {
    family: 'half-open',
    name: 'a socket that swallows everything in a call is found dead, and the same call comes back',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openCutter(house.sip)
      const desk = await deskBy(house, road)
      const citizen = await answered(house, desk)
      const callId = await callIdOf(desk)
      road.swallow()
      await untilLines(desk, ({ line }) => line === 'connecting')
      // The exchange holds the old socket for a living one: its contact is there until the desk takes it away.
      await isWhole(house, desk, citizen, callId)
    },
  },
  {
    family: 'media',
    name: 'the sound alone loses its way while the line stands: another one is found, and both hear each other',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      const citizen = await answered(house, desk)
      const callId = await callIdOf(desk)
      await citizen.untilHears(OPERATOR_HZ)
      const offers = () => road.said.filter(({ by, text }) => by === 'desk' && text.startsWith('INVITE ')).length
      expect(offers()).toBe(0)
      road.cutSound()
      // Nothing arrives any more: neither here, nor there.
      await until(async () => (await phoneStats(desk)).longestGapMs > LOST_MS, 'a gap in the sound')
      await isWhole(house, desk, citizen, callId)
      expect(offers()).toBeGreaterThan(0)
    },
  },
  {
    family: 'session timer',
    name: 'the exchange and the desk agree on who refreshes the call, and when',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      await answered(house, desk)
      const [asked = ''] = road.said.flatMap(({ by, text }) =>
        by === 'exchange' && text.startsWith('INVITE ') ? [text] : [],
      )
      expect(fieldOf(asked, 'Supported')).toContain('timer')
      expect(fieldOf(asked, 'Session-Expires')).toMatch(/^90\b/)
      const taken = road.said.find(
        ({ by, text }) => by === 'desk' && /^SIP\/2.0 200/.test(text) && /INVITE$/m.test(text),
      )
      expect(fieldOf(taken?.text ?? '', 'Session-Expires')).toMatch(/^90;refresher=ua[cs]$/)
      await desk.keyboard.press('F12')
      // The other way round: we ask, the exchange says what it takes.
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
      await desk.keyboard.press('F5')
      await askPhone(desk, 'phone.dial', { number: '601', purpose: 'citizen' })
      await untilLines(desk, ({ call }) => call?.phase === 'talking')
      const answer = road.said.find(
        ({ by, text }) => by === 'exchange' && /^SIP\/2.0 200/.test(text) && /^CSeq: \d+ INVITE/im.test(text),
      )
      expect(fieldOf(answer?.text ?? '', 'Session-Expires')).toMatch(/;refresher=ua[cs]$/)
      await desk.keyboard.press('F12')
      await untilLines(desk, ({ call }) => call?.phase === 'ended')
    },
  },
  {
    family: 'session timer',
    name: 'what refreshes the call is lost, whoever sends it: the call is lost in time, visibly, and owed (RFC 4028 10)',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      await answered(house, desk)
      road.loseOffers()
      await isLost(desk, SESSION_MS)
    },
  },
  {
    family: 'session timer',
    name: 'an offer in a call that nobody answers (408): the call is lost, visibly, and owed',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      await answered(house, desk)
      road.loseOffers()
      await askPhone(desk, 'phone.hold', { callId: await callIdOf(desk), held: true })
      await isLost(desk, TRANSACTION_MS)
    },
  },
  {
    family: 'bare media',
    name: 'a call without the fingerprint of its keys is refused (488), never rings, and is told and owed',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      road.bareCalls()
      await house.citizen()
      await desk.getByTestId('notices').filter({ hasText: '声音没有加密' }).waitFor()
      const { call, untaken } = await phoneSnapshot(desk)
      expect([call, untaken?.why]).toEqual([null, 'encryption'])
      expect(road.said.some(({ by, text }) => by === 'desk' && text.startsWith('SIP/2.0 488 '))).toBe(true)
      await desk.getByTestId('today-sign').filter({ hasText: '欠回电 1' }).waitFor()
    },
  },
  {
    family: 'glare',
    name: 'both sides hold at once, and the desk’s offer meets another (491): it is made again; taken back, both hear each other',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const desk = await deskBy(house, road)
      const citizen = await answered(house, desk)
      const callId = await callIdOf(desk)
      await citizen.untilHears(OPERATOR_HZ)
      road.meetNextOffer()
      await Promise.all([askPhone(desk, 'phone.hold', { callId, held: true }), citizen.plain?.hold(true)])
      await untilLines(desk, ({ call }) => call?.hold.stands === true && !call.hold.busy)
      expect(road.said.filter(({ by, text }) => by === 'desk' && text.startsWith('INVITE '))).toHaveLength(2)
      await Promise.all([askPhone(desk, 'phone.hold', { callId, held: false }), citizen.plain?.hold(false)])
      await untilLines(desk, ({ call }) => call?.hold.stands === false && !call.hold.busy)
      await isWhole(house, desk, citizen, callId)
    },
  },
  {
    family: 'wake',
    name: 'a machine that wakes with a dead link finds it out and is registered again, by one contact',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openCutter(house.sip)
      const { app, desk } = await appBy(house, road)
      road.swallow()
      const opened = road.opened()
      await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
      // By a new socket: that the line is connecting may be over before anybody looks.
      await until(async () => road.opened() > opened, 'another socket')
      await untilLines(desk, ({ line }) => line === 'registered')
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
    },
  },
]
