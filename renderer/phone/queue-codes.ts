import type { OperatorState } from '../../shared/call/operator-status.ts'
import type { QueueCodes, QueueWord } from '../../shared/call/queue-word.ts'
import type { BackOff } from './back-off.ts'

/**
 * The exchange's queue, told by feature codes what the operator's status is.
 *
 * Q1  One code at a time; the last wanted state wins, what was wanted in between is left out.
 * Q2  A code that fails is said, until one is taken; it is tried again at the next change, and after a while by itself
 *     (back-off.ts), or who says that she is ready would be given no call.
 * Q3  While a call is up, or without a registration, no code is sent (but at signing out).
 * Q4  An empty code is nothing to send and counts as done.
 * Q5  Whether the operator is paused is unknown after a login, and all is unknown at the start and after a line that was
 *     lost (the exchange may have been started anew); what failed may have been done all the same: it is said anew.
 */
export type QueueWant = 'in' | 'paused' | 'out'

type Code = keyof QueueCodes
type Deps = {
  /** Dials a code; whether the exchange took it. */
  readonly send: (code: string) => Promise<boolean>
  readonly changed: () => void
  readonly again: Pick<BackOff, 'schedule' | 'stop'>
}

export const noQueueCodes: QueueCodes = { login: null, pause: null, unpause: null, logout: null }

/** What the queue ought to know of an operator; null while nothing must be said (rule Q3). */
export function queueWanted({ status, registered }: OperatorState, isCallUp: boolean): QueueWant | null {
  if (isCallUp || !registered) return null
  if (status === 'ready') return 'in'
  return status === 'away' || status === 'wrapUp' ? 'paused' : null
}

/** Keeps the exchange's queue at what is wanted; see the rules Q1 to Q5. */
export function createQueueCodes({ send, changed, again }: Deps) {
  let codes = noQueueCodes
  let member: boolean | null = null
  let paused: boolean | null = null
  let given: QueueWant | null = null
  let goal: QueueWant | null = null
  let failed = false
  /** Until it is tried again. */
  let rests = false
  let busy = false
  let running: Promise<void> = Promise.resolve()

  const isUsed = () => Object.values(codes).some((code) => code !== null)

  function nextCode(): Code | null {
    if (goal === 'out') return member === false ? null : 'logout'
    if (goal === 'paused') return paused === true ? null : 'pause'
    if (goal === null) return null
    if (member !== true) return 'login'
    return paused === false ? null : 'unpause'
  }

  const toSend = () => (given === null || rests ? null : nextCode())

  /** What the queue knows after a code; `taken` false: nobody can say. */
  function said(code: Code, taken: boolean): void {
    if (code === 'pause' || code === 'unpause') paused = taken ? code === 'pause' : null
    else {
      member = taken ? code === 'login' : null
      paused = null
    }
  }

  function forget(): void {
    member = null
    paused = null
  }

  function tell(taken: boolean): void {
    failed = !taken
    if (taken) return again.stop()
    rests = true
    again.schedule(() => {
      rests = false
      start()
    })
  }

  function begin(next: QueueWant | null): void {
    given = next
    failed = false
    rests = false
    again.stop()
  }

  async function run(): Promise<void> {
    busy = true
    for (let code = toSend(); code !== null; code = toSend()) {
      const before = given
      const dialled = codes[code]
      const taken = dialled === null || (await send(dialled))
      said(code, taken)
      // What is wanted now was not what failed.
      if (given === before) tell(taken)
      changed()
    }
    busy = false
  }

  function start(): void {
    if (!busy && isUsed()) running = run()
  }

  function want(next: QueueWant | null): void {
    if (next === given) return
    begin(next)
    if (next !== null) goal = next
    start()
  }

  return {
    /** Takes the codes of a line that is connected; what its queue knows is not known yet. */
    use: (next: QueueCodes) => {
      codes = next
      forget()
    },
    /** The line was lost: what its queue knows is not known any more. */
    forget,
    /** Says what the queue ought to know; null holds back what is not said yet. */
    want,
    /** Logs out and resolves when that is over, done or not. */
    leave: async () => {
      want('out')
      await running
      begin(null)
      goal = null
    },
    word: (): QueueWord => {
      if (!isUsed() || goal === null) return 'none'
      if (failed) return 'refused'
      return nextCode() === null ? 'agreed' : 'pending'
    },
  }
}
