/** A clock and timers that stand still until the test moves them. */
export function fakeTimers() {
  let now = 0
  let timers: { at: number; act: () => void; every: number | null }[] = []
  const add = (ms: number, act: () => void, every: number | null) => {
    const timer = { at: now + ms, act, every }
    timers.push(timer)
    return () => {
      timers = timers.filter((each) => each !== timer)
    }
  }
  return {
    clock: { now: () => now },
    after: (ms: number, act: () => void) => add(ms, act, null),
    every: (ms: number, act: () => void) => add(ms, act, ms),
    /** Lets so much time go by, and all that is due in it happen in its order. */
    pass: (ms: number) => {
      const until = now + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        now = due.at
        if (due.every === null) timers = timers.filter((each) => each !== due)
        else due.at += due.every
        due.act()
      }
      now = until
    },
    waiting: () => timers.length,
  }
}
