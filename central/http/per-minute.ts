import type { Clock } from '../../shared/ports.ts'

const MINUTE_MS = 60_000

/** Counts what this node is asked in each minute; the answer is whether this one is more than `most`. */
export function perMinute(clock: Clock, most: number): () => boolean {
  let minute = 0
  let asked = 0
  return () => {
    const now = Math.floor(clock.now() / MINUTE_MS)
    if (now !== minute) asked = 0
    minute = now
    asked += 1
    return asked > most
  }
}
