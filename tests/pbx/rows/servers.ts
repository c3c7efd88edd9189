/** Several addresses of the exchange. */
import { expect } from 'vitest'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { OPERATOR_HZ } from '../../e2e/fixture.ts'
import { openCutter } from '../cutter.ts'
import { EXTENSION, type House } from '../house.ts'
import type { Row } from '../row.ts'
import { cutOff, deskBy } from './road.ts'
import { answered, untilLines } from './steps.ts'

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

/** A desk whose line stands at the second of two servers, for the first is cut off. */
async function atTheSecond(house: House) {
  const [first, second] = [await openCutter(house.sip), await openCutter(house.sip)]
  const desk = await deskBy(house, first, [second.url])
  await cutOff(first, desk)
  await untilLines(desk, ({ line }) => line === 'registered')
  return { desk, first, second }
}

export const serverRows: readonly Row[] = [
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
      const { desk } = await atTheSecond(house)
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
    },
  },
  {
    family: 'servers',
    name: 'the first one is there again: the line goes back to it out of calls, by one contact, and a call comes through',
    on: ['asterisk'],
    play: async (house) => {
      const { desk, first, second } = await atTheSecond(house)
      first.mend()
      // It is asked after half a minute at the earliest, after one and a half at the latest.
      await until(() => Promise.resolve(!second.isUsed()), 'the line on its way back', 120_000)
      await untilLines(desk, ({ line }) => line === 'registered')
      expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
      // Nothing of the line is left at the second one.
      second.cut()
      const citizen = await answered(house, desk)
      await citizen.untilHears(OPERATOR_HZ)
      expect((await phoneSnapshot(desk)).line).toBe('registered')
    },
  },
]
