/** What SIP.js asks of a browser, made of notes: a socket whose other end is the test, and a peer connection. */

type Listener = (event: { data?: unknown; code?: number }) => void

/** What an exchange says that is there. */
function alive(asked: string): string {
  const echoed = asked.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line))
  return ['SIP/2.0 200 OK', ...echoed, 'Content-Length: 0', '', ''].join('\r\n')
}

/** The socket of a phone under test; `last` is the newest. */
export class FakeSocket {
  static last: FakeSocket | null = null
  /** The addresses that were tried, in order. */
  static tried: string[] = []
  readonly sent: string[] = []
  /** The signs of life that were asked for (OPTIONS). */
  pings = 0
  /** Takes everything, says nothing and never closes: a socket whose other end is gone without a word. */
  swallows = false
  private readonly listeners: { type: string; listener: Listener }[] = []

  readonly url: string

  constructor(url: string) {
    this.url = url
    FakeSocket.last = this
    FakeSocket.tried.push(url)
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.push({ type, listener })
  }

  removeEventListener(): void {}

  send(message: string): void {
    if (!message.startsWith('OPTIONS ')) return void this.sent.push(message)
    this.pings += 1
    if (!this.swallows) queueMicrotask(() => this.arrive(alive(message)))
  }

  close(): void {
    // Never within the call of it: the other end has to agree first.
    if (!this.swallows) queueMicrotask(() => this.fire('close', { code: 1000 }))
  }

  /** Nobody takes the connection. */
  refuse(): void {
    this.fire('close', { code: 1006 })
  }

  open(): void {
    this.fire('open', {})
  }

  /** A frame from the exchange; throws whatever the phone lets out of the event. */
  arrive(data: string): void {
    this.fire('message', { data })
  }

  /** The network is gone: nobody said goodbye. */
  drop(): void {
    this.fire('close', { code: 1006 })
  }

  private fire(type: string, event: { data?: unknown; code?: number }): void {
    for (const entry of this.listeners) if (entry.type === type) entry.listener(event)
  }
}

class FakeStream {
  getTracks(): [] {
    return []
  }
  getAudioTracks(): [] {
    return []
  }
  getVideoTracks(): [] {
    return []
  }
  addTrack(): void {}
  removeTrack(): void {}
}

/** A description that a browser would make: DTLS with a fingerprint. */
export const soundSdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 8',
  'c=IN IP4 127.0.0.1',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=rtcp-mux',
  'a=rtpmap:8 PCMA/8000',
  'a=candidate:1 1 udp 2122260223 127.0.0.1 40000 typ host generation 0',
  '',
].join('\r\n')

const remoteStates: Record<string, string> = { offer: 'have-remote-offer', pranswer: 'have-remote-pranswer' }

/** A peer connection that takes and gives every description; `taken` is what reached any of them. */
export class FakePeer extends EventTarget {
  static taken: string[] = []
  /** The newest. */
  static last: FakePeer | null = null
  /** After one a real one may hear nothing any more (N15). */
  static rollbacks = 0
  /** What each offer of any of them was asked to be. */
  static offered: { iceRestart?: boolean }[] = []
  /** Which codecs each offer and answer of any of them was to name, in order. */
  static named: string[][] = []
  /** They find no way for their sound until they are told of one. */
  static wayless = false
  iceConnectionState = 'new'
  signalingState = 'stable'
  connectionState = 'new'
  iceGatheringState = 'complete'
  localDescription: { type: string; sdp: string } | null = null
  remoteDescription: { type: string; sdp: string } | null = null

  readonly configuration: RTCConfiguration

  constructor(configuration: RTCConfiguration = {}) {
    super()
    this.configuration = configuration
    FakePeer.last = this
  }

  /** The sound's way changes. */
  ice(state: string): void {
    this.iceConnectionState = state
    this.dispatchEvent(new Event('iceconnectionstatechange'))
  }

  /** A way is found, and others are still looked for, or it was the last one. */
  findWay(state: 'gathering' | 'complete'): void {
    this.iceGatheringState = state
    if (this.localDescription !== null) this.localDescription = { ...this.localDescription, sdp: soundSdp }
    this.dispatchEvent(new Event('icecandidate'))
  }

  setRemoteDescription({ sdp, type }: { sdp: string; type: string }): Promise<void> {
    FakePeer.taken.push(sdp)
    this.remoteDescription = { sdp, type }
    this.signalingState = remoteStates[type] ?? 'stable'
    return Promise.resolve()
  }
  createOffer(options: { iceRestart?: boolean } = {}): Promise<{ type: string; sdp: string }> {
    FakePeer.offered.push(options)
    FakePeer.named.push(this.preferences)
    return Promise.resolve({ type: 'offer', sdp: soundSdp })
  }
  createAnswer(): Promise<{ type: string; sdp: string }> {
    FakePeer.named.push(this.preferences)
    return Promise.resolve({ type: 'answer', sdp: soundSdp })
  }
  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.type === 'rollback') FakePeer.rollbacks += 1
    this.localDescription = description
    if (FakePeer.wayless) {
      this.iceGatheringState = 'gathering'
      // Over TCP one is found first, where there is much to do.
      const sdp = description.sdp.replace(/^(a=candidate:1 1) udp(.*) 40000 (.*)$/gm, '$1 tcp$2 9 $3 tcptype active')
      this.localDescription = { ...description, sdp }
    }
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable'
    return Promise.resolve()
  }
  getSenders(): [] {
    return []
  }
  getReceivers(): [] {
    return []
  }
  private preferences: string[] = []
  private readonly transceivers = [
    {
      direction: 'sendrecv',
      receiver: { track: { kind: 'audio' } },
      setCodecPreferences: (codecs: readonly { readonly mimeType: string }[]) => {
        this.preferences = codecs.map(({ mimeType }) => mimeType)
      },
    },
  ]
  getTransceivers() {
    return this.transceivers
  }
  addTrack(): void {}
  close(): void {
    this.signalingState = 'closed'
  }
}

/** What Chromium can send and hear (seen in 130). */
export const capable = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'telephone-event', 'telephone-event'].map(
  (name) => ({ mimeType: `audio/${name}`, clockRate: 8000 }),
)
const FakeReceiver = { getCapabilities: () => ({ codecs: capable }) }

/** Puts the fakes where SIP.js looks for a browser. */
export function installFakeBrowser(): void {
  Object.assign(globalThis, { WebSocket: FakeSocket, RTCPeerConnection: FakePeer, MediaStream: FakeStream })
  Object.assign(globalThis, { RTCRtpReceiver: FakeReceiver })
}
