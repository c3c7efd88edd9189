import { createRequire } from 'node:module'

/** The parts of @roamhq/wrtc that are used; its own typings do not compile. */
interface Wrtc {
  RTCPeerConnection: typeof RTCPeerConnection
  RTCSessionDescription: typeof RTCSessionDescription
  RTCIceCandidate: typeof RTCIceCandidate
  MediaStream: typeof MediaStream
  nonstandard: {
    RTCAudioSource: new () => AudioSource
    RTCAudioSink: new (track: MediaStreamTrack) => AudioSink
  }
}

/** Sound as it passes between Node and WebRTC, 10 ms at a time. */
export interface AudioFrame {
  samples: Int16Array
  sampleRate: number
  bitsPerSample?: number
  channelCount?: number
  numberOfFrames?: number
}

interface AudioSource {
  createTrack(): MediaStreamTrack
  onData(frame: AudioFrame): void
}

interface AudioSink {
  ondata: ((frame: AudioFrame) => void) | null
  stop(): void
}

const wrtc = createRequire(import.meta.url)('@roamhq/wrtc') as Wrtc

/** A source of sound for a WebRTC track. */
export const createAudioSource = (): AudioSource => new wrtc.nonstandard.RTCAudioSource()
/** A listener on a WebRTC track. */
export const createAudioSink = (track: MediaStreamTrack): AudioSink => new wrtc.nonstandard.RTCAudioSink(track)
/** A stream of one track. */
export const createStream = (track: MediaStreamTrack): MediaStream => new wrtc.MediaStream([track])

/** Gives SIP.js in Node the browser's WebRTC globals that it expects. */
export function installBrowserGlobals(): void {
  const { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate, MediaStream } = wrtc
  // SIP.js tells its streams of new tracks by an event that Node does not know, on a stream that is no EventTarget here.
  class TrackEvent extends Event {
    readonly track: MediaStreamTrack
    constructor(type: string, init: { track: MediaStreamTrack }) {
      super(type)
      this.track = init.track
    }
  }
  MediaStream.prototype.dispatchEvent ??= () => true
  Object.assign(globalThis, {
    RTCPeerConnection,
    RTCSessionDescription,
    RTCIceCandidate,
    MediaStream,
    MediaStreamTrackEvent: TrackEvent,
  })
}
