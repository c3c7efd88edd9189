import { expect } from 'vitest'
import { readPortRange } from '../../../shared/call/media-ports.ts'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import type { CodecName } from '../../../shared/call/codecs.ts'
import { CITIZEN_HZ, factsAtCentral, OPERATOR_HZ } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import { openMediaRoad } from '../media-road.ts'
import type { Row } from '../row.ts'
import { answered, callIdOf, untilDeskHears, untilLines } from './steps.ts'

/** Until the exchange says by this codec that it speaks with the desk. */
async function untilExchangeSays(house: House, codec: string): Promise<void> {
  await until(async () => {
    const table = await house.pbx().cli('pjsip show channelstats')
    return table.split('\n').some((line) => line.includes(`${EXTENSION}-`) && line.split(/\s+/).includes(codec))
  }, `the exchange speaks ${codec} with ${EXTENSION}`)
}

/** A call by the codecs that the settings name: what the exchange calls it, and what the desk says of it. */
const spokenBy = (codecs: readonly CodecName[], exchange: string): Row['play'] =>
  async function play(house) {
    const road = await openMediaRoad(house.sip)
    const { desk } = await house.openDesk({ codecs: [...codecs], sip: [road.url] })
    const citizen = await answered(house, desk)
    await Promise.all([untilDeskHears(desk, CITIZEN_HZ), citizen.untilHears(OPERATOR_HZ)])
    // At once: by the first offer, not by one that follows half a minute later.
    expect(road.said.filter(({ text }) => text.startsWith('INVITE '))).toHaveLength(1)
    await untilExchangeSays(house, exchange)
    const callId = await callIdOf(desk)
    for (const held of [true, false]) {
      await askPhone(desk, 'phone.hold', { callId, held })
      await untilLines(desk, ({ call }) => call?.hold.stands === held && !call.hold.busy)
    }
    await Promise.all([untilDeskHears(desk, CITIZEN_HZ), citizen.untilHears(OPERATOR_HZ)])
    await untilExchangeSays(house, exchange)
    await desk.keyboard.press('Alt+y')
    await desk.getByTestId('quality').getByRole('button').first().click()
    const shown = desk.getByTestId('quality').locator('dd').last()
    await until(async () => (await shown.textContent()) === codecs[0], `the desk shows ${codecs[0]}`)
  }

const MEDIA_PORTS = '41200-41263'

/** The ports by which a desk says in SIP that it takes sound over UDP. */
const portsIn = (text: string) =>
  [...text.matchAll(/^a=candidate:\S+ \d+ udp \d+ \S+ (\d+) /gim)].map(([, port]) => Number(port))

export const codecRows: readonly Row[] = [
  {
    family: 'ports',
    name: 'the sound uses the ports that the settings name, and no others',
    on: ['asterisk'],
    play: async (house) => {
      const road = await openMediaRoad(house.sip)
      const { desk } = await house.openDesk({ sip: [road.url], mediaPorts: MEDIA_PORTS })
      const offered = () => road.said.filter(({ by }) => by === 'desk').flatMap(({ text }) => portsIn(text))
      await askPhone(desk, 'phone.echoTest', { on: true })
      await until(() => Promise.resolve(offered().length > 0), 'the desk offers its ports')
      await untilLines(desk, ({ echo }) => echo?.heard === true)
      // Left to itself the exchange would hold the line busy, and ring nobody here in the next row.
      await askPhone(desk, 'phone.echoTest', { on: false })
      await untilLines(desk, ({ echo }) => echo === null)
      const { min, max } = readPortRange(MEDIA_PORTS) ?? { min: 0, max: 0 }
      expect(offered().filter((port) => port < min || port > max)).toEqual([])
    },
  },
  {
    family: 'codecs',
    name: 'A-law alone: spoken by it from the answer on, held and taken back, and the desk says so',
    on: ['asterisk'],
    play: spokenBy(['PCMA'], 'alaw'),
  },
  {
    family: 'codecs',
    // Of several in common Asterisk speaks the one that it prefers itself.
    name: 'Opus alone: spoken by it, held and taken back, and the desk says so',
    on: ['asterisk'],
    play: spokenBy(['opus'], 'opus'),
  },
  {
    family: 'codecs',
    name: 'none in common: the exchange hears 488, nothing rings, the desk says so, and a call back is owed',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, dataDir } = await house.openDesk({ codecs: ['G722'] })
      const events = house.listen()
      const citizen = await house.citizen()
      const refused = await events?.until('DialEnd', { DestCallerIDNum: EXTENSION })
      expect(refused?.['DialStatus']).not.toBe('ANSWER')
      await desk.getByTestId('notices').filter({ hasText: '来电编码不支持' }).waitFor()
      const { call, operator, untaken } = await phoneSnapshot(desk)
      expect([call, operator.status, untaken?.why]).toEqual([null, 'ready', 'codecs'])
      await citizen.hangUp()
      await desk.getByTestId('today-sign').filter({ hasText: '欠回电 1' }).waitFor()
      const told = () => factsAtCentral(dataDir, untaken?.callId ?? '')
      await until(() => Promise.resolve(told().outcome === 'failed'), 'the call at central')
      expect(told().kinds).toEqual(['offered', 'ended'])
    },
  },
]
