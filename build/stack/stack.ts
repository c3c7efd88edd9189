import { join } from 'node:path'
import {
  DEMO_ENROLMENT,
  DEMO_EXCHANGE,
  DEMO_PASSWORD,
  DEMO_SECRET_KEYS,
  demoPeople,
} from '../../central/people/demo.ts'
import { startChild, type Child } from './child.ts'
import { dropDatabase, freshDemo, LOADED_DEMO } from './loaded-demo.ts'

const root = join(import.meta.dirname, '../..')
const at = (path: string) => join(root, path)

export type StackOptions = {
  /** Where central keeps its data: a folder or a database; else in memory, or in a copy of the demo that is loaded. */
  readonly dataDir?: string
  readonly databaseUrl?: string
  readonly centralPort?: number
  readonly exchangePort?: number
  readonly ringSeconds?: number
  /** Where the practice exchange writes what becomes of its calls, for the ledger; nowhere without. */
  readonly callLog?: string
  /** Further settings of central, by their variables. */
  readonly central?: Readonly<Record<string, string>>
}

/** Everything around the desk, embedded: central, the practice exchange, and citizens who call. */
export type Stack = {
  readonly central: { readonly url: string; readonly child: Child }
  readonly exchange: { readonly url: string; readonly child: Child }
  call(options: { scenario: string; tone?: number; number?: string }): Child
  stop(): Promise<void>
}

/** The demo operator who is signed in when nobody else is named, at a desk that enrols by itself. */
export const demoOperator = {
  staffNo: demoPeople[2]?.staffNo ?? '1003',
  password: DEMO_PASSWORD,
  enrolment: DEMO_ENROLMENT,
}

/** For a copy of the loaded demo: it has what it should have, and not all the articles that the program brings. */
export const AS_LOADED = { SANXIN_CENTRAL_SEED: '0' } as const

/** What central/README.md starts a node with: room for what lives as long as one request. */
export const CENTRAL_NODE_OPTIONS = '--max-semi-space-size=32'

/** Starts central's demo; answers when it listens. */
export async function startCentral({
  dataDir,
  databaseUrl,
  centralPort = 0,
  central = {},
}: StackOptions): Promise<Stack['central']> {
  const isPlaced = dataDir !== undefined || databaseUrl !== undefined
  const copy = isPlaced || process.env[LOADED_DEMO] === undefined ? null : await freshDemo()
  const child = startChild(at('central/server.ts'), ['--exit-with-stdin'], {
    SANXIN_CENTRAL_PORT: String(centralPort),
    SANXIN_CENTRAL_SEED: '1',
    SANXIN_CENTRAL_SECRET_KEYS: DEMO_SECRET_KEYS,
    SANXIN_CENTRAL_DATA_DIR: dataDir ?? '',
    SANXIN_CENTRAL_DATABASE_URL: databaseUrl ?? copy ?? '',
    NODE_OPTIONS: CENTRAL_NODE_OPTIONS,
    ...(copy === null ? {} : AS_LOADED),
    ...central,
  })
  // Its server may have ended before it, and the copy with that.
  if (copy !== null) void child.exited.then(() => dropDatabase(copy)).catch(() => undefined)
  const { port } = await child.said('listening')
  return { url: `http://127.0.0.1:${String(port)}`, child }
}

/** Starts the practice exchange with the demo's lines; answers when it listens. */
export async function startExchange({
  exchangePort = 0,
  ringSeconds = 20,
  callLog,
}: StackOptions): Promise<Stack['exchange']> {
  const agents = demoPeople.map(({ line }) => `${line.extension}:${line.password}`).join(',')
  const log = callLog === undefined ? [] : ['--call-log', callLog]
  const args = ['--port', String(exchangePort), ...log, '--exit-with-stdin']
  const child = startChild(at('central/practice/exchange.ts'), args, {
    SANXIN_EXCHANGE_AGENTS: agents,
    SANXIN_EXCHANGE_RING_SECONDS: String(ringSeconds),
  })
  const { port } = await child.said('listening')
  return { url: `ws://127.0.0.1:${String(port)}`, child }
}

/** Tells central what an exchange writes into its log: Asterisk's (`cel`), or one of events. */
export function startLedger(central: string, log: { readonly cel: string } | { readonly events: string }): Child {
  const which = 'cel' in log ? ['--cel', log.cel] : ['--events', log.events]
  const credential = { SANXIN_EXCHANGE_CREDENTIAL: DEMO_EXCHANGE }
  return startChild(at('central/ops/ledger.ts'), ['--central', central, ...which], credential)
}

/** A citizen who calls; a process of its own. */
export function placeCall(exchange: string, options: { scenario: string; tone?: number; number?: string }): Child {
  const args = ['--exchange', exchange, '--scenario', options.scenario]
  if (options.tone !== undefined) args.push('--tone', String(options.tone))
  if (options.number !== undefined) args.push('--number', options.number)
  return startChild(at('central/practice/citizen.ts'), args)
}

/** Starts all of it; `stop` ends all of it. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const [central, exchange] = await Promise.all([startCentral(options), startExchange(options)])
  const citizens: Child[] = []
  return {
    central,
    exchange,
    call: (call) => {
      const citizen = placeCall(exchange.url, call)
      citizens.push(citizen)
      return citizen
    },
    stop: async () => {
      await Promise.all([...citizens, exchange.child, central.child].map((child) => child.stop()))
    },
  }
}
