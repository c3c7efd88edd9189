import { createAudioSource } from './wrtc.ts'
import type { Sound } from './wav.ts'

/** What speaks into a call. */
export interface Mouth {
  track: MediaStreamTrack
  /** Speaks a clip after those already begun; resolves when it is over, at once when the mouth is closed. */
  say(sound: Sound): Promise<void>
  /** A pure tone from now on; 0 for silence. */
  hum(hz: number): void
  close(): void
}

const sampleRate = 16_000
const frameMs = 10
const frameSize = (sampleRate * frameMs) / 1000
const humAmplitude = 9_000
const catchUpFramesMax = 20

/** Opens a mouth: silence until something is said. */
export function createMouth(): Mouth {
  const source = createAudioSource()
  const track = source.createTrack()
  const clips: { samples: Int16Array; at: number; done: () => void }[] = []
  let hz = 0
  let phase = 0
  let sentFrames = 0
  let startedAt = performance.now()

  function nextFrame(): Int16Array {
    const frame = new Int16Array(frameSize)
    const clip = clips[0]
    if (clip) {
      frame.set(clip.samples.subarray(clip.at, clip.at + frameSize))
      clip.at += frameSize
      if (clip.at >= clip.samples.length) {
        clips.shift()
        clip.done()
      }
    } else if (hz > 0) {
      for (let i = 0; i < frameSize; i++) frame[i] = humAmplitude * Math.sin((phase += (2 * Math.PI * hz) / sampleRate))
      phase %= 2 * Math.PI
    }
    return frame
  }

  // Timers run late under load: count frames by the clock, or the voice would drag and stutter.
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / frameMs)
    if (due - sentFrames > catchUpFramesMax) {
      startedAt = performance.now()
      sentFrames = -1
    }
    for (const until = sentFrames < 0 ? 0 : due; sentFrames < until; sentFrames++) {
      source.onData({ samples: nextFrame(), sampleRate, bitsPerSample: 16, channelCount: 1, numberOfFrames: frameSize })
    }
  }, frameMs)

  return {
    track,
    say: (sound) => {
      if (sound.sampleRate !== sampleRate) throw new Error(`a clip has ${sound.sampleRate} Hz instead of ${sampleRate}`)
      return new Promise((resolve) => clips.push({ samples: sound.samples, at: 0, done: resolve }))
    },
    hum: (tone) => {
      hz = tone
    },
    close: () => {
      clearInterval(timer)
      track.stop()
      for (const clip of clips.splice(0)) clip.done()
    },
  }
}
