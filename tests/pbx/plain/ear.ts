import { dominantHz, levelDbfs } from '../../../central/practice/spectrum.ts'

/** What was heard in 200 ms. */
export type Window = {
  /** 0 for a full-scale sine. */
  readonly dbfs: number
  readonly dominantHz: number
  /** Which part of the sound's power is a tone of this frequency, 0 to 1: several tones are told apart. */
  share(hz: number): number
}

/** Listens to decoded sound. */
export type Ear = {
  hear(samples: Int16Array): void
  last(): Window | null
  /** The first window from now on for which it is true; rejects when the call is over, naming what was heard last. */
  until(isIt: (window: Window) => boolean, what: string): Promise<Window>
  /** Until this tone is a good part of what is heard. */
  untilTone(hz: number): Promise<Window>
  /** Until these tones are heard at once, and none of the others. */
  untilTones(wanted: readonly number[], unwanted?: readonly number[]): Promise<Window>
  /** Until nothing is heard. */
  untilSilence(): Promise<Window>
  close(): void
}

const RATE = 8000
const WINDOW = 1600
const SILENT_DBFS = -50
/** Of three who speak equally loud each has a third. */
const PRESENT_SHARE = 0.15
const ABSENT_SHARE = 0.02
const WAIT_MS = 60_000

/** The part of a tone in the power of a stretch of sound, by Goertzel's filter: 0 to 1. */
export function toneShare(samples: Int16Array, hz: number, rate = RATE): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let [before, last, power] = [0, 0, 0]
  for (const sample of samples) {
    ;[before, last] = [last, sample + turn * last - before]
    power += sample * sample
  }
  if (power === 0) return 0
  const atTone = before * before + last * last - turn * before * last
  return Math.min(1, (2 * atTone) / (samples.length * power))
}

/** Whether a tone is in a window. */
export function hasTone(window: Window, hz: number): boolean {
  return window.dbfs > SILENT_DBFS && window.share(hz) > PRESENT_SHARE
}

/** An ear for 8 kHz sound. */
export function createEar(): Ear {
  const waiting = new Set<(window: Window | null) => void>()
  let rest = new Int16Array(0)
  let last: Window | null = null
  let lastAt = 0
  let closed = false

  function tell(samples: Int16Array): void {
    let strongest: number | null = null
    lastAt = performance.now()
    last = {
      dbfs: levelDbfs(samples),
      // Under load most of what is heard nobody asks for.
      get dominantHz() {
        return (strongest ??= dominantHz(samples, RATE))
      },
      share: (hz) => toneShare(samples, hz),
    }
    for (const look of waiting) look(last)
  }

  const heardLast = (): string =>
    last === null
      ? 'nothing'
      : `${last.dominantHz} Hz, ${last.dbfs} dBFS, ${Math.round(performance.now() - lastAt)} ms ago`

  const until: Ear['until'] = (isIt, what) =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`${why} before ${what}; heard last ${heardLast()}`))
      if (closed) return fail('the call was over')
      // The longest wait only turns a test that hangs into one that says what was heard.
      const timer = setTimeout(() => look(null, `${WAIT_MS} ms went by`), WAIT_MS)
      const look = (window: Window | null, why = 'the call was over'): void => {
        if (window !== null && !isIt(window)) return
        clearTimeout(timer)
        waiting.delete(look)
        if (window === null) fail(why)
        else resolve(window)
      }
      waiting.add(look)
    })

  return {
    hear: (samples) => {
      const all = new Int16Array(rest.length + samples.length)
      all.set(rest)
      all.set(samples, rest.length)
      let at = 0
      for (; at + WINDOW <= all.length; at += WINDOW) tell(all.slice(at, at + WINDOW))
      rest = all.slice(at)
    },
    last: () => last,
    until,
    untilTone: (hz) => until((window) => hasTone(window, hz), `${hz} Hz`),
    untilTones: (wanted, unwanted = []) =>
      until(
        (window) =>
          wanted.every((hz) => hasTone(window, hz)) && unwanted.every((hz) => window.share(hz) < ABSENT_SHARE),
        `${wanted.join(', ')} Hz without ${unwanted.join(', ')} Hz`,
      ),
    untilSilence: () => until(({ dbfs }) => dbfs < SILENT_DBFS, 'silence'),
    close: () => {
      closed = true
      for (const look of waiting) look(null)
    },
  }
}
