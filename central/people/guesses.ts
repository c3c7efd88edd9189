/** Whoever guesses from one address, or at one desk, slows himself, whatever numbers he tries (H15.8). */
import type { Clock } from '../../shared/ports.ts'
import { askerKey } from '../http/asker-key.ts'
import { perMinuteOfEach } from '../http/per-minute.ts'
import type { Whence } from './lockout.ts'

/** So many wrong tries a minute and node: many people sit behind one address, and few of them mistype at once. */
export const WRONG_A_MINUTE = 30

export type Guesses = {
  /** Counts a try before it is looked at; whether it is too many. */
  isTooMany(whence: Whence): boolean
  /** It was no guess. */
  giveBack(whence: Whence): void
}

/** Over the addresses and desks that asked this node in this minute. */
export function createGuesses(clock: Clock): Guesses {
  const counted = perMinuteOfEach(clock, WRONG_A_MINUTE)
  const keyOf = (whence: Whence) => {
    if ('desk' in whence) return `desk ${whence.desk}`
    return whence.address === null ? null : askerKey(whence.address)
  }
  return {
    isTooMany: (whence) => {
      const key = keyOf(whence)
      return key !== null && counted.isTooMuch(key)
    },
    giveBack: (whence) => {
      const key = keyOf(whence)
      if (key !== null) counted.giveBack(key)
    },
  }
}
