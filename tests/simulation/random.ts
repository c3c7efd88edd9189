/** Seeded randomness (mulberry32): the same seed gives the same run. */
export type Random = {
  /** From 0 up to, but not, 1. */
  next(): number
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T | undefined
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return { next, int, chance: (probability) => next() < probability, pick: (list) => list[int(list.length)] }
}

/** UUIDv7s by a clock of one's own: unique, ordered, and the same in every run of a seed. */
export function createIds(random: Random, now: () => number): () => string {
  let made = 0
  return () => {
    made += 1
    const time = Math.max(0, Math.floor(now())).toString(16).padStart(12, '0').slice(-12)
    const tail = `${random.int(0xffff).toString(16).padStart(4, '0')}${made.toString(16).padStart(8, '0')}`
    const order = (made & 0xfff).toString(16).padStart(3, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-8${tail.slice(0, 3)}-${tail.slice(3)}${random.int(0xfff).toString(16).padStart(3, '0')}`
  }
}
