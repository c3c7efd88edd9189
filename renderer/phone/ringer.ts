export type Ringer = { start(): void; stop(): void }

/** Notes and a pause, again and again; times in seconds, loudness 0 to 1. */
export type Pattern = {
  readonly notes: readonly { readonly at: number; readonly seconds: number; readonly hz: number }[]
  readonly period: number
  readonly loudness: number
}

/** What the operator hears: the last two are the tones that callers here know (GB/T 3380: 450 Hz). */
export const patterns = {
  /** Two soft notes, heard across a desk and not across a room. */
  ring: {
    notes: [
      { at: 0, seconds: 0.3, hz: 660 },
      { at: 0.35, seconds: 0.3, hz: 880 },
    ],
    period: 2,
    loudness: 0.18,
  },
  /** Somebody knocks while she speaks: no louder than a word. */
  knock: { notes: [{ at: 0, seconds: 0.4, hz: 450 }], period: 4.4, loudness: 0.05 },
  /** She is about to be heard: the call is answered when it is over. */
  answered: { notes: [{ at: 0, seconds: 0.3, hz: 880 }], period: 0.4, loudness: 0.08 },
  /** Somebody is being rung. */
  ringBack: { notes: [{ at: 0, seconds: 1, hz: 450 }], period: 5, loudness: 0.06 },
} as const satisfies Record<string, Pattern>

/**
 * A tone, made by Web Audio in a context that the window policy lets sound without a click: the first call
 * of the day must not be silent. `output` is where it is heard (and measured).
 */
export function createRinger(context: AudioContext, output: AudioNode, { notes, period, loudness }: Pattern): Ringer {
  let gain: GainNode | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  function note(into: GainNode, at: number, seconds: number, hz: number): void {
    const oscillator = new OscillatorNode(context, { frequency: hz })
    const envelope = new GainNode(context, { gain: 0 })
    envelope.gain.setValueAtTime(0, at)
    envelope.gain.linearRampToValueAtTime(loudness, at + 0.02)
    envelope.gain.exponentialRampToValueAtTime(0.001, at + seconds)
    oscillator.connect(envelope).connect(into)
    oscillator.start(at)
    oscillator.stop(at + seconds)
  }

  function stop(): void {
    clearInterval(timer)
    gain?.disconnect()
    gain = null
  }

  return {
    start: () => {
      if (gain !== null) return
      const into = new GainNode(context)
      into.connect(output)
      gain = into
      const play = () => {
        for (const { at, seconds, hz } of notes) note(into, context.currentTime + at, seconds, hz)
      }
      void context.resume()
      play()
      timer = setInterval(play, period * 1000)
    },
    stop,
  }
}
