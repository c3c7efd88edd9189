/** What SIP.js asks of a browser, made of notes: a socket whose other end is the test, and a peer connection. */

type Listener = (event: { data?: unknown; code?: number }) => void

/** The socket of a phone under test; `last` is the newest. */
export class FakeSocket {
  static last: FakeSocket | null = null
  readonly sent: string[] = []
  private readonly listeners: { type: string; listener: Listener }[] = []

  constructor() {
    FakeSocket.last = this
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.push({ type, listener })
  }

  removeEventListener(): void {}

  send(message: string): void {
    this.sent.push(message)
  }

  close(): void {
    this.fire('close', { code: 1000 })
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
  '',
].join('\r\n')

/** A peer connection that takes and gives every description; `taken` is what reached any of them. */
export class FakePeer {
  static taken: string[] = []
  signalingState = 'stable'
  connectionState = 'new'
  iceGatheringState = 'complete'
  localDescription: { type: string; sdp: string } | null = null
  remoteDescription: { type: string; sdp: string } | null = null

  setRemoteDescription({ sdp, type }: { sdp: string; type: string }): Promise<void> {
    FakePeer.taken.push(sdp)
    this.remoteDescription = { sdp, type }
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable'
    return Promise.resolve()
  }
  createOffer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'offer', sdp: soundSdp })
  }
  createAnswer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'answer', sdp: soundSdp })
  }
  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    this.localDescription = description
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable'
    return Promise.resolve()
  }
  getSenders(): [] {
    return []
  }
  getReceivers(): [] {
    return []
  }
  getTransceivers(): [] {
    return []
  }
  addTrack(): void {}
  addEventListener(): void {}
  removeEventListener(): void {}
  close(): void {
    this.signalingState = 'closed'
  }
}

/** Puts the fakes where SIP.js looks for a browser. */
export function installFakeBrowser(): void {
  Object.assign(globalThis, { WebSocket: FakeSocket, RTCPeerConnection: FakePeer, MediaStream: FakeStream })
}
