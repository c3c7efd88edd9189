import { startExchange } from '../../../central/practice/exchange-server.ts'
import type { Exchange } from '../../../central/practice/exchange-server.ts'
import type { ExchangeEvent, ExchangeTimes } from '../../../central/practice/exchange-core.ts'
import type { LegEvent } from '../../../shared/ledger/leg-event.ts'
import { manualTimers } from './manual-timers.ts'
import { connect } from './sip-client.ts'
import type { SipClient } from './sip-client.ts'

/** An exchange with what it said. */
export interface House {
  exchange: Exchange
  events: ExchangeEvent[]
  /** What it told of citizens' legs, for the ledger. */
  legEvents: LegEvent[]
  /** Lets the exchange's time pass; it stands still otherwise. */
  pass(ms: number): void
  /** The first event of that name, past or to come. */
  event<E extends ExchangeEvent['event']>(name: E): Promise<ExchangeEvent & { event: E }>
  /** A registered operator's telephone; another `phone` is another device of the same operator. */
  agent(extension: string, phone?: string): Promise<SipClient>
  citizen(number?: string): Promise<SipClient>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts an exchange with the operators 1001 to 1003, on a port that the system picks. */
export async function openHouse(times: Partial<ExchangeTimes> = {}): Promise<House> {
  const events: ExchangeEvent[] = []
  const legEvents: LegEvent[] = []
  const waiting: { name: string; resolve: (event: never) => void }[] = []
  const timers = manualTimers()
  const exchange = await startExchange({
    timers,
    agents: ['1001', '1002', '1003'].map((extension) => ({ extension, password: 'secret' })),
    times,
    onLegEvent: (event) => legEvents.push(event),
    onEvent: (event) => {
      events.push(event)
      for (const one of waiting.filter(({ name }) => name === event.event)) one.resolve(event as never)
    },
  })
  return {
    exchange,
    events,
    legEvents,
    pass: timers.pass,
    event: (name) => {
      const known = events.find((event) => event.event === name)
      return known ? Promise.resolve(known as never) : new Promise((resolve) => waiting.push({ name, resolve }))
    },
    agent: async (extension, phone) => {
      const client = await connect(exchange.url, extension, phone)
      const answer = await client.register('secret')
      if (!answer.first.includes('200')) throw new Error(answer.first)
      return client
    },
    citizen: (number = '13800002210') => connect(exchange.url, number),
    [Symbol.asyncDispose]: () => exchange.close(),
  }
}
