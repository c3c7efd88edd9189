import type { Timers } from '../../../central/practice/timers.ts'

/** Time that passes only when the test says so. */
export interface ManualTimers extends Timers {
  pass(ms: number): void
}

/** Makes timers that stand at a fixed moment. */
export function manualTimers(start = 1_000_000): ManualTimers {
  let now = start
  const due = new Map<symbol, { at: number; run: () => void }>()
  return {
    now: () => now,
    after: (ms, run) => {
      const key = Symbol('timer')
      due.set(key, { at: now + ms, run })
      return () => void due.delete(key)
    },
    pass: (ms) => {
      const end = now + ms
      for (;;) {
        const [next] = [...due].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at)
        if (!next) break
        due.delete(next[0])
        now = Math.max(now, next[1].at)
        next[1].run()
      }
      now = end
    },
  }
}
