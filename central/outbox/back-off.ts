/** How long to wait after failures, spread by chance, so that what failed together does not come back together. */

const FIRST_MS = 30_000
const LONGEST_MS = 6 * 3_600_000
/** Of the wait this part is left to chance. */
const SPREAD = 0.5

/** The wait in ms after this many tries (1: the first one), doubled each time; `random` is from 0 to below 1. */
export function backOffMs(tries: number, random: number): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.min(tries - 1, 20), LONGEST_MS)
  return Math.round(whole * (1 - SPREAD + 2 * SPREAD * random))
}
