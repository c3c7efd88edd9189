/** Citizens who call the hotline again and again by plain telephones, each with a number and a tone of her own. */
import { setTimeout as pass } from 'node:timers/promises'
import { createRandom, type Random } from '../../simulation/random.ts'
import { openPlainPhone, type PlainPhone } from '../plain/plain-phone.ts'
import type { PlainCall } from '../plain/plain-call.ts'
import type { CitizenCall } from './course.ts'

/** What a desk has to do with the citizen it speaks with. */
export type Caller = {
  readonly hz: number
  /** Until she hears that operator's tone, and then they speak for a while; false when her call was over before. Throws where she is in a silence. */
  speaksWith(staffNo: string, hz: number): Promise<boolean>
  /** Hangs up if it is her turn to; answers whether she did. */
  hangsUp(): Promise<boolean>
}

export type Crowd = {
  of(number: string): Caller
  /** All calls that are over, in the order of their ends. */
  readonly calls: readonly CitizenCall[]
  /** Nobody calls any more; resolves when the last one has hung up. */
  endOfCalls(): Promise<void>
}

/** In ms, from the first to the second. */
type Range = readonly [number, number]

export type CrowdOptions = {
  readonly sipPort: number
  readonly size: number
  readonly seed: number
  /** How long they speak, wait before they call again, and stay in the queue before they give up. */
  readonly talkMs: Range
  readonly pauseMs: Range
  readonly patienceMs: Range
  /** Within which time all of them have called for the first time. */
  readonly firstMs: number
}

/** Every so-manieth call is one of a citizen who gives up in the queue. */
const IMPATIENT = 0.2
/** Between the operators' tones and each other far enough that a spectrum tells them apart. */
const FIRST_HZ = 400
const STEP_HZ = 40

function between(random: Random, [from, to]: Range): number {
  return from + random.int(to - from + 1)
}

/** A citizen; `over` is when nobody calls any more. */
function createCitizen(
  phone: PlainPhone,
  number: string,
  hz: number,
  options: CrowdOptions,
  random: Random,
  over: AbortSignal,
) {
  const calls: CitizenCall[] = []
  let call: PlainCall | null = null
  let spokeWith: string[] = []
  let end: CitizenCall['end'] = 'operatorHungUp'
  const wait = (ms: number, signal: AbortSignal) => pass(ms, undefined, { signal }).catch(() => undefined)

  async function callOnce(): Promise<void> {
    const nth = calls.length
    const impatient = random.chance(IMPATIENT)
    spokeWith = []
    end = 'operatorHungUp'
    const mine = await phone.call('12345', hz)
    call = mine
    await mine.answered
    const ended = new AbortController()
    void mine.ended.then(() => ended.abort())
    if (impatient) {
      await wait(between(random, options.patienceMs), ended.signal)
      if (!ended.signal.aborted && spokeWith.length === 0) {
        end = 'gaveUp'
        await mine.hangUp()
      }
    }
    await mine.ended
    call = null
    calls.push({ number, nth, spokeWith, end })
  }

  async function live(): Promise<void> {
    await wait(between(random, [0, options.firstMs]), over)
    while (!over.aborted) {
      await callOnce()
      await wait(between(random, options.pauseMs), over)
    }
  }

  const caller: Caller = {
    hz,
    speaksWith: async (staffNo, operatorHz) => {
      const mine = call
      if (mine === null) return false
      const silence = await mine.sound.ear.untilTone(operatorHz).then(
        () => null,
        (error: unknown) => error,
      )
      if (call !== mine) return false
      // Nobody would hang up on her, and the run would wait for the end of her call.
      if (silence !== null) throw silence
      spokeWith.push(staffNo)
      // How long they speak is what makes a load of it.
      await pass(between(random, options.talkMs))
      return true
    },
    hangsUp: async () => {
      if (!random.chance(0.5) || call === null) return false
      end = 'hungUp'
      await call.hangUp()
      return true
    },
  }
  return { number, caller, calls, live }
}

/** Opens the telephones. */
export async function openCrowd(options: CrowdOptions): Promise<Crowd> {
  const over = new AbortController()
  const citizens = await Promise.all(
    Array.from({ length: options.size }, async (_none, at) => {
      const number = `138${String(10_000_000 + at)}`
      const phone = await openPlainPhone({ sipPort: options.sipPort, user: number })
      const random = createRandom(options.seed + at)
      const citizen = createCitizen(phone, number, FIRST_HZ + STEP_HZ * (at % 12), options, random, over.signal)
      const lived = citizen.live().then(() => phone.close())
      lived.catch(() => undefined)
      return { ...citizen, lived }
    }),
  )
  return {
    of: (number) => {
      const found = citizens.find((citizen) => citizen.number === number)
      if (found === undefined) throw new Error(`no citizen ${number}`)
      return found.caller
    },
    get calls() {
      return citizens.flatMap(({ calls }) => calls)
    },
    endOfCalls: async () => {
      over.abort()
      await Promise.all(citizens.map(({ lived }) => lived))
    },
  }
}
