import type { Page } from 'playwright-core'
import { until } from '../../../build/stack/central-reader.ts'

/** What the phone played beside the calls, until it answered: times in seconds of its own audio clock, from the first sound on. */
export type Tapped = {
  /** For how long a tone of this pitch was played. */
  readonly toneSeconds: number
  /** When the tone was over, and when the 200 to the INVITE went out. */
  readonly toneEnd: number
  readonly answeredAt: number
}
type Tap = { tapped: Tapped | null }
type TappedWindow = Window & { sanxinTap: Tap }
/** Chromium's way to the samples of a track, none left out while the page is busy; the DOM's types do not know it yet. */
type Sounds = { readonly readable: ReadableStream<AudioData> }
type OpenSounds = new (options: { track: MediaStreamTrack; maxBufferSize: number }) => Sounds

/**
 * From now on whatever the page connects to an audio output is listened to as well, until it answers an INVITE by 200.
 * Nothing in the phone knows of it.
 */
export async function tapOutput(phone: Page, hz: number): Promise<void> {
  await phone.evaluate((pitch) => {
    const Processor = (window as unknown as { MediaStreamTrackProcessor: OpenSounds }).MediaStreamTrackProcessor
    const tap: Tap = { tapped: null }
    ;(window as unknown as TappedWindow).sanxinTap = tap
    let context: AudioContext | null = null
    let tone = { seconds: 0, end: 0 }
    let answeredAt: number | null = null

    /** How much of the samples is the pitch, 0 to 1 of full scale (Goertzel). */
    function amplitude(samples: Float32Array, rate: number): number {
      const step = (2 * Math.PI * pitch) / rate
      let [re, im] = [0, 0]
      samples.forEach((sample, at) => {
        re += sample * Math.cos(step * at)
        im += sample * Math.sin(step * at)
      })
      return (2 * Math.hypot(re, im)) / samples.length
    }
    async function listen(sounds: ReadableStream<AudioData>): Promise<void> {
      const reader = sounds.getReader()
      let heard = 0
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const { value: sound } = read
        const samples = new Float32Array(sound.numberOfFrames)
        sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
        const seconds = sound.numberOfFrames / sound.sampleRate
        heard += seconds
        if (amplitude(samples, sound.sampleRate) > 0.004) tone = { seconds: tone.seconds + seconds, end: heard }
        sound.close()
        if (answeredAt !== null && heard > answeredAt) {
          tap.tapped = { toneSeconds: tone.seconds, toneEnd: tone.end, answeredAt }
          return reader.cancel()
        }
      }
    }

    let into: MediaStreamAudioDestinationNode | null = null
    let begun = 0
    const alsoInto = (output: AudioDestinationNode): AudioNode | null => {
      if (into === null && output.context instanceof AudioContext) {
        context = output.context
        begun = context.currentTime
        into = context.createMediaStreamDestination()
        // Silence that goes on: without it the samples cease between sounds, and count no time.
        const silence = new ConstantSourceNode(context, { offset: 0 })
        silence.connect(into)
        silence.start()
        const [track] = into.stream.getAudioTracks()
        if (track !== undefined) void listen(new Processor({ track, maxBufferSize: 3_000 }).readable)
      }
      return output.context === context ? into : null
    }
    AudioNode.prototype.connect = new Proxy(AudioNode.prototype.connect, {
      apply: (connect, from: AudioNode, [to, ...rest]: [AudioNode | AudioParam]) => {
        const ear = to instanceof AudioDestinationNode ? alsoInto(to) : null
        if (ear !== null) Reflect.apply(connect, from, [ear])
        return Reflect.apply(connect, from, [to, ...rest]) as unknown
      },
    })
    const send = WebSocket.prototype.send
    WebSocket.prototype.send = function (this: WebSocket, data) {
      const isAnswer = typeof data === 'string' && data.startsWith('SIP/2.0 200 ') && /^CSeq: *\d+ INVITE/im.test(data)
      if (isAnswer && context !== null) answeredAt ??= context.currentTime - begun
      send.call(this, data)
    }
  }, hz)
}

/** What was played until the phone answered. */
export function untilTapped(phone: Page): Promise<Tapped> {
  return until(() => phone.evaluate(() => (window as unknown as TappedWindow).sanxinTap.tapped), 'an answered call')
}
