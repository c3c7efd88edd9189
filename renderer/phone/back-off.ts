/** The widest first wait, in ms: 200 desks cut at once come back over four seconds, one of them within two on average. */
const FIRST_MS = 4_000
const LAST_MS = 30_000
/** While a call is up, which nobody can hold or hand over before the line is back. */
const LAST_IN_CALL_MS = 8_000

/**
 * N7: waits a time drawn evenly from nothing to a bound that doubles with each failure («full jitter»; RFC 5626 4.5 has
 * the same shape, with longer bounds), so that desks that were cut in one instant do not come back in one.
 */
export type BackOff = {
  schedule(run: () => void): void
  /** Whatever waits runs now; answers whether anything did. */
  hurry(): boolean
  /** Whatever waits is not run, and was no failure. */
  forget(): void
  stop(): void
}

/** `random` draws from [0, 1); `inCall` is asked at each wait; without it no call is ever up. */
export function createBackOff(random: () => number, inCall: () => boolean = () => false): BackOff {
  let bound = FIRST_MS
  let waiting: {
    readonly timer: ReturnType<typeof setTimeout>
    readonly run: () => void
    readonly from: number
  } | null = null

  function drop(): void {
    clearTimeout(waiting?.timer)
    waiting = null
  }

  return {
    schedule: (run) => {
      drop()
      const go = () => {
        waiting = null
        run()
      }
      const widest = inCall() ? Math.min(bound, LAST_IN_CALL_MS) : bound
      waiting = { timer: setTimeout(go, widest * random()), run: go, from: bound }
      bound = Math.min(bound * 2, LAST_MS)
    },
    forget: () => {
      bound = waiting?.from ?? bound
      drop()
    },
    hurry: () => {
      const now = waiting
      drop()
      now?.run()
      return now !== null
    },
    stop: () => {
      drop()
      bound = FIRST_MS
    },
  }
}
