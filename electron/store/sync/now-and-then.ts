import type { Clock, Timers } from '../../../shared/ports.ts'

/** Says something now, or soon: what is to be said soon is said `ms` after it was said last, and no more than once. */
export type NowAndThen = { now(): void; soon(): void }

export function createNowAndThen(say: () => void, ms: number, clock: Clock, timers: Timers): NowAndThen {
  let saidAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null

  function now(): void {
    cancel?.()
    cancel = null
    saidAt = clock.now()
    say()
  }

  return {
    now,
    soon: () => {
      // A clock that was set back must not keep it back.
      const since = Math.abs(clock.now() - saidAt)
      if (since >= ms) now()
      else cancel ??= timers.after(ms - since, now)
    },
  }
}
