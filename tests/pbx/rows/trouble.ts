/** What goes wrong with a link, and the call that comes back. */
import { setTimeout as pass } from 'node:timers/promises'
import { expect } from 'vitest'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { Page } from 'playwright-core'
import { askPhone } from '../../../build/stack/ask.ts'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, openApp, OPERATOR_HZ, readyDesk, statusSays } from '../../e2e/fixture.ts'
import { openCutter, type Cutter } from '../cutter.ts'
import { openMediaRoad } from '../media-road.ts'
import { EXTENSION, type Citizen, type House } from '../house.ts'
import type { Row } from '../row.ts'
import { answered, callIdOf, untilDeskHears, untilLines } from './steps.ts'

/** A desk whose road to the exchange is the row's own. */
async function appBy(house: House, road: Pick<Cutter, 'url'>, others: readonly string[] = []) {
  const sip = [road.url, ...others]
  const app = await openApp({ stack: { central: house.central, exchange: { url: road.url } }, settings: { sip } })
  return { app, desk: await readyDesk(app) }
}

const deskBy = async (...by: Parameters<typeof appBy>) => (await appBy(...by)).desk

/** The same call as before, both hear each other, and the exchange knows one contact. */
async function isWhole(house: House, desk: Page, citizen: Citizen, callId: string): Promise<void> {
  await untilLines(desk, ({ line }) => line === 'registered')
  expect(await callIdOf(desk)).toBe(callId)
  await citizen.untilHears(OPERATOR_HZ)
  await untilDeskHears(desk, CITIZEN_HZ)
  expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
}

/** Cuts the road; resolves when the desk has noticed. */
async function cutOff(road: Cutter, desk: Page): Promise<void> {
  road.cut()
  await untilLines(desk, ({ line }) => line === 'connecting')
}

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

/** An address of this machine at which nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.close()
  await once(server, 'close')
  return `ws://127.0.0.1:${port}/ws`
}

/** No network loses packets for so long by chance, in ms. */
const LOST_MS = 3_000

const fieldOf = (text: string, name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''

export const troubleRows: readonly Row[] = [
  cutFor(1),
  cutFor(5),
  cutFor(30),
  {
    family: 'servers',
    name: 'the first address is dead: the line stands at the second, by one contact, and a call comes through',
    on: ['asterisk'],
    play: async (house) => {
      const desk = await deskBy(house, { url: await deadAddress() }, [house.sip])
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
    },
  },
  {
    family: 'servers',
    name: 'the one that holds the line goes: the other one takes it, by one contact',
    on: ['asterisk'],
    play: async (house) => {
      const [first, second] = [await openCutter(house.sip), await openCutter(house.sip)]
      const desk = await deskBy(house, first, [second.url])
      first.cut()
      await untilLines(desk, ({ line }) => line === 'connecting')
      await untilLines(desk, ({ line }) => line === 'registered')
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
    },
  },
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
  {
    family: 'wake',
    name: 'a machine that wakes with a dead link finds it out and is registered at once, by one contact',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openCutter(house.sip)
      const { app, desk } = await appBy(house, road)
      road.swallow()
      const before = Date.now()
      await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
      await untilLines(desk, ({ line }) => line === 'connecting')
      await untilLines(desk, ({ line }) => line === 'registered')
      // Unasked it would take fifteen seconds and more.
      expect(Date.now() - before).toBeLessThan(10_000)
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
    },
  },
]
