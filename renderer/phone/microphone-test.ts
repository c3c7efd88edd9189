import type { Microphone } from './microphone.ts'
import type { Meters } from './sound-meter.ts'

type Deps = {
  readonly microphone: Pick<Microphone, 'open'>
  readonly meters: () => Meters
  /** How loud the microphone is now, 0 to 1. */
  readonly level: (level: number) => void
  /** Runs again and again until the returned function is called. */
  readonly every: (ms: number, act: () => void) => () => void
}

const LEVEL_MS = 100
/** A desk that died while it listened must not leave the microphone open. */
const LONGEST_MS = 60_000

/** Lets the operator see whether she is heard, without a call. */
export function createMicrophoneTest({ microphone, meters, level, every }: Deps) {
  let running: { stop(): void } | null = null

  function stop(): void {
    running?.stop()
    running = null
  }

  async function start(): Promise<void> {
    stop()
    let over = false
    const mine = {
      stop: () => {
        over = true
      },
    }
    running = mine
    const stream = await microphone.open()
    const close = () => {
      for (const track of stream.getTracks()) track.stop()
      level(0)
    }
    if (over) return close()
    const measuring = meters()
    let measure = measuring.of(stream)
    stream.addEventListener('addtrack', () => {
      measure = measuring.of(stream)
    })
    let left = LONGEST_MS / LEVEL_MS
    const end = every(LEVEL_MS, () => {
      if (left-- > 0) return level(measure.read().level)
      stop()
    })
    mine.stop = () => {
      end()
      measuring.close()
      close()
    }
  }

  return { start, stop }
}
