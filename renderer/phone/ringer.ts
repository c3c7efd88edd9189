export type Ringer = { start(): void; stop(): void }

/** Two soft notes and a pause, heard across a desk and not across a room. */
const NOTES = [
  { at: 0, hz: 660 },
  { at: 0.35, hz: 880 },
] as const
const NOTE_SECONDS = 0.3
const PERIOD_SECONDS = 2
const LOUDNESS = 0.18

/**
 * The ring, made by Web Audio in a context that the window policy lets sound without a click: the first call
 * of the day must not be silent. `output` is where it is heard (and measured).
 */
export function createRinger(context: AudioContext, output: AudioNode): Ringer {
  let gain: GainNode | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  function note(into: GainNode, at: number, hz: number): void {
    const oscillator = new OscillatorNode(context, { frequency: hz })
    const envelope = new GainNode(context, { gain: 0 })
    envelope.gain.setValueAtTime(0, at)
    envelope.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
    envelope.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS)
    oscillator.connect(envelope).connect(into)
    oscillator.start(at)
    oscillator.stop(at + NOTE_SECONDS)
  }

  function stop(): void {
    clearInterval(timer)
    gain?.disconnect()
    gain = null
  }

  return {
    start: () => {
      stop()
      const into = new GainNode(context)
      into.connect(output)
      gain = into
      const period = () => NOTES.forEach(({ at, hz }) => note(into, context.currentTime + at, hz))
      void context.resume()
      period()
      timer = setInterval(period, PERIOD_SECONDS * 1000)
    },
    stop,
  }
}
