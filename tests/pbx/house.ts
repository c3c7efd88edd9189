/** What a row of the matrix plays in: one central, one exchange of either kind, and citizens who are the same on both. */
import { expect, onTestFinished } from 'vitest'
import { demoPeople } from '../../central/people/demo.ts'
import type { Hearing } from '../../build/pbx/hearing.ts'
import { startPbx, defaultEndpoints, type Pbx } from '../../build/pbx/pbx.ts'
import { untilCitizenHears } from '../../build/stack/citizen-hears.ts'
import { demoOperator, placeCall, startCentral, startExchange, type Stack } from '../../build/stack/stack.ts'
import type { Settings } from '../../shared/settings.ts'
import { CITIZEN_HZ, freshFolder, NUMBER, openApp, readyDesk } from '../e2e/fixture.ts'
import { openPlainPhone, type PlainPhone } from './plain/plain-phone.ts'
import type { PlainCall } from './plain/plain-call.ts'
import { createStandingDesk, type OpenDesk, type StandingDesk } from '../e2e/standing-desk.ts'

export type ExchangeKind = 'asterisk' | 'practice'

/** A citizen in a call, by whichever telephone. */
export type Citizen = {
  /** Until this tone is what is heard. */
  untilHears(hz: number): Promise<void>
  hangUp(): Promise<void>
  /** Who hung up. */
  readonly ended: Promise<'citizen' | 'operator'>
  /** The plain telephone's call; null on the practice exchange. */
  readonly plain: PlainCall | null
}

export type House = {
  readonly kind: ExchangeKind
  readonly central: Stack['central']
  /** Where the desk registers. */
  readonly sip: string
  /** The real exchange; throws on the other one: a row that needs it says so in `on`. */
  readonly pbx: () => Pbx
  /** What the real exchange tells from now on; null on the other one. */
  listen(): Hearing | null
  /** Until the exchange says that this extension has registered, now or before. */
  registered(extension: string): Promise<void>
  /** The real app, signed in as the demo operator, with the line registered: one that stands from row to row. */
  desk(): Promise<OpenDesk>
  /** The same, of the row's own: for other settings, for a fresh one, or for what leaves none alive. Ends the one that stands. */
  openDesk(settings?: Partial<Settings>): Promise<OpenDesk>
  /** Ends the one that stands: nobody is registered. */
  noDesk(): Promise<void>
  /** A citizen calls the hotline, and says a tone. */
  citizen(options?: { hz?: number; number?: string }): Promise<Citizen>
  /** A plain telephone: an extension of the house (registered), or any number outside. */
  plainPhone(user: string): Promise<PlainPhone>
  /** The same house with an exchange of the row's own that rings so long. */
  ringing(seconds: number): Promise<House>
  /** The same house with an exchange of the row's own in whose queue nobody is until she enters it. */
  withEmptyQueue(): Promise<House>
  /** Ends the real exchange at once, as a power cut does; call what it answers to start it again, at the same address. */
  powerCut(): Promise<() => Promise<void>>
  stop(): Promise<void>
}

/** The demo operator's line. */
export const EXTENSION = demoPeople.find(({ staffNo }) => staffNo === demoOperator.staffNo)?.line.extension ?? ''

const RING_SECONDS = 60

/** Starts central and an exchange; `stop` ends both. */
export async function openHouse(kind: ExchangeKind): Promise<House> {
  const [central, exchange] = await Promise.all([startCentral({}), openExchange[kind]({ ringSeconds: RING_SECONDS })])
  const standing = createStandingDesk({ central, exchange: { url: exchange.sip } })
  return describe(kind, central, exchange, standing, async () => {
    await standing.end()
    await Promise.all([central.child.stop(), exchange.stop()])
  })
}

type ExchangeOptions = {
  readonly ringSeconds: number
  /** Whether everybody is in the queue from the start; yes without. Of the real exchange alone. */
  readonly members?: boolean
}

/** What differs between the exchanges. */
type Exchange = Pick<House, 'sip' | 'pbx' | 'listen' | 'registered' | 'powerCut'> & {
  call(number: string, hz: number): Promise<Citizen>
  plainPhone(user: string): Promise<PlainPhone>
  stop(): Promise<void>
}

const openExchange: Record<ExchangeKind, (options: ExchangeOptions) => Promise<Exchange>> = {
  asterisk: async ({ ringSeconds, members: areIn = true }) => {
    const people = demoPeople.map(({ line, role }) => ({
      extension: line.extension,
      password: line.password,
      kind: role === 'monitor' ? ('monitor' as const) : ('desk' as const),
    }))
    const others = defaultEndpoints().filter(({ extension }) => !people.some((one) => one.extension === extension))
    const members = areIn ? people.map(({ extension }) => extension) : []
    const options = { endpoints: [...people, ...others], members, ringSeconds }
    let pbx = await startPbx(options)
    const events = pbx.ami.listen()

    async function plainPhone(user: string): Promise<PlainPhone> {
      const known = pbx.endpoints.find(({ extension }) => extension === user)
      const phone = await openPlainPhone({ sipPort: pbx.sipPort, user, ...(known ? { password: known.password } : {}) })
      onTestFinished(async () => {
        // A contact that nobody answers at would be rung in the next row.
        if (known) await phone.register(0)
        await phone.close()
      })
      if (known) await phone.register()
      return phone
    }
    return {
      sip: pbx.wsUrl,
      pbx: () => pbx,
      listen: () => pbx.ami.listen(),
      registered: async (extension) => {
        await events.until('ContactStatus', { AOR: extension, ContactStatus: 'NonQualified' })
      },
      plainPhone,
      call: async (number, hz) => {
        const call = await (await plainPhone(number)).call('12345', hz)
        return {
          untilHears: (wanted) => call.sound.ear.untilTone(wanted).then(() => undefined),
          hangUp: call.hangUp,
          ended: call.ended.then(({ by }) => (by === 'us' ? 'citizen' : 'operator')),
          plain: call,
        }
      },
      powerCut: async () => {
        const ports = { ws: Number(new URL(pbx.wsUrl).port), sip: pbx.sipPort }
        process.kill(pbx.pid, 'SIGKILL')
        await expect(pbx.stop()).rejects.toThrow('SIGKILL')
        return async () => {
          pbx = await startPbx({ ...options, ports })
        }
      },
      stop: () => pbx.stop(),
    }
  },
  practice: async ({ ringSeconds }) => {
    const { url, child } = await startExchange({ ringSeconds })
    const no = (what: string) => new Error(`the practice exchange has no ${what}`)
    return {
      sip: url,
      pbx: () => {
        throw no('manager')
      },
      listen: () => null,
      powerCut: () => Promise.reject(no('power of its own')),
      registered: async (extension) => void (await child.said('registered', { user: extension })),
      plainPhone: () => Promise.reject(no('plain telephones')),
      call: async (number, hz) => {
        const citizen = placeCall(url, { scenario: 'bus-route', tone: hz, number })
        onTestFinished(() => citizen.stop())
        const ended = citizen.said('ended').then(({ by }) => (by === 'operator' ? 'operator' : 'citizen'))
        ended.catch(() => undefined)
        return {
          untilHears: (wanted) => untilCitizenHears(citizen, wanted).then(() => undefined),
          hangUp: async () => citizen.tell({ do: 'hangUp' }),
          ended,
          plain: null,
        }
      },
      stop: () => child.stop(),
    }
  },
}

function describe(
  kind: ExchangeKind,
  central: Stack['central'],
  exchange: Exchange,
  standing: StandingDesk,
  stop: () => Promise<void>,
): House {
  async function openDesk(settings: Partial<Settings> = {}): Promise<OpenDesk> {
    await standing.end()
    const dataDir = freshFolder()
    const app = await openApp({ stack: { central, exchange: { url: exchange.sip } }, dataDir, settings })
    return { app, desk: await readyDesk(app), dataDir }
  }

  async function withOwn(options: ExchangeOptions): Promise<House> {
    const own = await openExchange[kind](options)
    onTestFinished(() => own.stop())
    const house = describe(kind, central, own, standing, stop)
    // At its exchange no desk stands.
    return { ...house, desk: () => house.openDesk() }
  }
  return {
    kind,
    central,
    sip: exchange.sip,
    pbx: exchange.pbx,
    listen: exchange.listen,
    registered: exchange.registered,
    powerCut: exchange.powerCut,
    plainPhone: exchange.plainPhone,
    desk: standing.take,
    openDesk,
    noDesk: standing.end,
    citizen: ({ hz = CITIZEN_HZ, number = NUMBER } = {}) => exchange.call(number, hz),
    ringing: (ringSeconds) => withOwn({ ringSeconds }),
    withEmptyQueue: () => withOwn({ ringSeconds: RING_SECONDS, members: false }),
    stop,
  }
}
