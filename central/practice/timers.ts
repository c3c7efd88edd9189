/** The clock and the timers as a parameter, so that tests decide what time it is. */
export interface Timers {
  now(): number
  /** Runs once after `ms`; returns what calls it off. */
  after(ms: number, run: () => void): () => void
}

/** The machine's own clock; its timers never keep a process alive. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
