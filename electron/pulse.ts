import type { Every } from './timers.ts'

/** How often a window is asked whether it still turns, in ms. */
const PULSE_MS = 1_000
/** So many pulses without an answer, one after the other, and it hangs. */
const HANGS_AFTER = 5
/** And so many more until it is given up. */
const GIVEN_UP_AFTER = 30

/** What of Electron's WebContents a pulse goes through; each has the name `pulse`, and the preload answers it. */
type Beating = {
  send(channel: 'pulse'): void
  once(event: 'destroyed', listener: () => void): unknown
  readonly ipc: { on(channel: 'pulse', listener: () => void): unknown }
}

/**
 * Notices a window that hangs: it lives, and nothing in it turns. Electron's own `unresponsive` comes only where
 * somebody types into it, which nobody does in the phone, nor at a desk while it waits for a call.
 *
 * H1  A window that leaves five pulses unanswered, a second apart, hangs; the first answer after that brings it back.
 * H2  One that hangs for half a minute more is given up, once.
 * H3  It is counted in pulses, not by the clock: a machine that slept, or a main process that was held up, makes nobody
 *     hang. Nor does a window that has yet to answer for the first time: it is being loaded.
 */
export function watchPulse(
  contents: Beating,
  every: Every,
  on: { hangs(): void; back(): void; givenUp?(): void },
): void {
  let missed: number | null = null
  const stop = every(PULSE_MS, () => {
    if (missed !== null) {
      missed += 1
      if (missed === HANGS_AFTER) on.hangs()
      if (missed === HANGS_AFTER + GIVEN_UP_AFTER) on.givenUp?.()
    }
    contents.send('pulse')
  })
  contents.ipc.on('pulse', () => {
    const hung = missed !== null && missed >= HANGS_AFTER
    missed = 0
    if (hung) on.back()
  })
  contents.once('destroyed', stop)
}
