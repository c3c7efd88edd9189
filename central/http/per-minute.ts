import type { Clock } from '../../shared/ports.ts'

const MINUTE_MS = 60_000

/** Counts what this node is asked in each minute; the answer is whether this one is more than `most`. */
export function perMinute(clock: Clock, most: number): () => boolean {
  const counted = perMinuteOfEach(clock, most)
  return () => counted.isTooMuch('')
}

export type CountOfEach = {
  /** Counts one more; whether it is more than may be. */
  isTooMuch(key: string): boolean
  /** One that was counted in this minute was none. */
  giveBack(key: string): void
}

/** The same for each key apart. */
export function perMinuteOfEach(clock: Clock, most: number): CountOfEach {
  let minute = 0
  let asked = new Map<string, number>()
  return {
    isTooMuch: (key) => {
      const now = Math.floor(clock.now() / MINUTE_MS)
      if (now !== minute) asked = new Map()
      minute = now
      const times = (asked.get(key) ?? 0) + 1
      asked.set(key, times)
      return times > most
    },
    giveBack: (key) => {
      const times = asked.get(key)
      if (times !== undefined) asked.set(key, times - 1)
    },
  }
}
