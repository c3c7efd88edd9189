/** One real desk under load: it answers whoever rings, speaks, hangs up or is hung up on, settles and is ready again. */
import type { Page } from 'playwright-core'
import { until } from '../../../build/stack/central-reader.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import { phoneStats } from '../../../build/stack/drive.ts'
import type { Bridge } from '../../../shared/bridge.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import type { Crowd } from './crowd.ts'

/** What of a snapshot the desk's hands go by. */
export type Seen = {
  readonly status: string
  readonly queue: string
  readonly callId: string | null
  readonly number: string
  readonly phase: string | null
  /** The other side hears music, and waits to be taken back. */
  readonly held: boolean
}

export type BusyDesk = {
  readonly staffNo: string
  seen(): Seen
  /** How many calls it answered. */
  answered(): number
  /** Until its phone says so; rejects with the desk's own failure. */
  until(isIt: (seen: Seen) => boolean): Promise<void>
  /** Acts no more. */
  rest(): void
  /** Rejects when something went wrong at this desk. */
  readonly failed: Promise<never>
}

const NEAR_HZ = 20

/** Tells `heard` what the phone says from now on, in words that are few. */
async function listenTo(desk: Page, heard: (seen: Seen) => void): Promise<void> {
  await desk.exposeFunction('sanxinLoadHeard', heard)
  await desk.evaluate(async () => {
    const { sanxin, sanxinLoadHeard } = window as unknown as {
      sanxin: Bridge
      sanxinLoadHeard(seen: Seen): Promise<void>
    }
    let last = ''
    const tell = ({ operator, call, queue }: PhoneSnapshot): void => {
      const status = operator.away === null ? operator.status : `${operator.status}:${operator.away}`
      const { callId = null, number = '' } = call?.caller ?? {}
      const held = call?.hold.stands === true && !call.hold.busy
      const seen = { status, queue, callId, number, phase: call?.phase ?? null, held }
      if (JSON.stringify(seen) === last) return
      last = JSON.stringify(seen)
      void sanxinLoadHeard(seen)
    }
    sanxin.on('phone.changed', tell)
    const answer = await sanxin.invoke('phone.snapshot', null)
    if (answer.ok) tell(answer.value)
  })
}

/** Drives a desk that is signed in and ready; `staffNo` says `hz`. */
export async function driveDesk(desk: Page, staffNo: string, hz: number, crowd: Crowd): Promise<BusyDesk> {
  let seen: Seen = { status: 'offline', queue: 'none', callId: null, number: '', phase: null, held: false }
  let answered = 0
  let resting = false
  const standing = new Set<string>()
  const waiting = new Set<() => void>()
  const begun = new Set<string>()
  const failure = Promise.withResolvers<never>()
  failure.promise.catch(() => undefined)

  /** One key after the other: one that is pressed before the last one was let go is a repetition of it. */
  let pressing = Promise.resolve()
  const press = (key: string): Promise<void> => {
    const pressed = pressing.then(() => desk.keyboard.press(key))
    pressing = pressed.catch(() => undefined)
    return pressed
  }

  /** Each act once for each call and moment: a snapshot comes again and again. */
  function once(what: string, act: () => Promise<unknown>): void {
    if (resting || begun.has(what)) return
    begun.add(what)
    begin(what, act)
  }

  /** An act each time when it becomes so. */
  function whenever(what: string, is: boolean, act: () => Promise<unknown>): void {
    if (is && !resting && !standing.has(what)) begin(what, act)
    if (is) standing.add(what)
    else standing.delete(what)
  }

  function begin(what: string, act: () => Promise<unknown>): void {
    act().catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error)
      failure.reject(new Error(`desk ${staffNo}, ${what}, now ${JSON.stringify(seen)}: ${words}`))
    })
  }

  async function answer(callId: string): Promise<void> {
    answered += 1
    // By the key and by the command in turns; a caller who is gone by then is no fault.
    if (answered % 2 === 1) await press('F5')
    else await askPhone(desk, 'phone.answer', { callId }).catch(() => undefined)
  }

  const isOver = (callId: string): boolean => seen.callId !== callId || seen.phase === 'ended'

  async function talk(callId: string, number: string): Promise<void> {
    const citizen = crowd.of(number)
    const heard = async (): Promise<boolean> => {
      const peak = await phoneStats(desk).then(
        (stats) => stats.citizen.peakHz,
        () => 0,
      )
      return Math.abs(peak - citizen.hz) < NEAR_HZ
    }
    await until(async () => (await heard()) || isOver(callId), `${citizen.hz} Hz of ${number}`, 30_000)
    if (isOver(callId)) return
    if (!(await citizen.speaksWith(staffNo, hz)) || isOver(callId)) return
    if (await citizen.hangsUp()) return
    await press('F12')
  }

  async function settle(): Promise<void> {
    await press('F9')
    await press('1')
    await desk.getByTestId('no-matter-choice').waitFor({ state: 'detached' })
    await press('F5')
  }

  function look(): void {
    const { status, callId, phase, number } = seen
    if (callId !== null && phase === 'ringing') once(`answer ${callId}`, () => answer(callId))
    // Two were offered at once, and F5 took the second: she who waits comes to the front when that one is gone.
    whenever('take her back', phase === 'talking' && seen.held, () => press('F11'))
    if (callId !== null && phase === 'talking') once(`talk ${callId}`, () => talk(callId, number))
    if (callId !== null && status === 'wrapUp') once(`settle ${callId}`, settle)
    // Who gave up while it rang has made her away: back she comes.
    whenever('come back', status.startsWith('away'), () => press('F5'))
  }

  await listenTo(desk, (now) => {
    seen = now
    for (const wake of waiting) wake()
    look()
  })
  return {
    staffNo,
    seen: () => seen,
    answered: () => answered,
    until: (isIt) =>
      Promise.race([
        failure.promise,
        new Promise<void>((resolve) => {
          const wake = (): void => {
            if (!isIt(seen)) return
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
          wake()
        }),
      ]),
    rest: () => {
      resting = true
    },
    failed: failure.promise,
  }
}
