/**
 * Which codecs a call may have, and in which order: said in every offer and answer, also of a call that is held, taken
 * back or found anew. Tones and comfort noise are no voices and stay.
 */
import type { CodecName } from '../../shared/call/codecs.ts'

type Wants = { readonly offerOptions?: RTCOfferOptions }

/** What of SIP.js's session description handler describes a call, and is told of the other side's description. */
type Handler = {
  readonly peerConnection?: RTCPeerConnection | undefined
  createLocalOfferOrAnswer(wants?: Wants): Promise<RTCSessionDescriptionInit>
  setDescription(sdp: string, ...rest: never[]): Promise<void>
}

/** What goes beside a voice: keys (RFC 4733) and the noise of a silent line (RFC 3389). */
const beside = new Set(['audio/telephone-event', 'audio/cn'])
/** The formats that need no rtpmap (RFC 3551 6), by their numbers. */
const wellKnown: Readonly<Record<string, string>> = { 0: 'pcmu', 8: 'pcma', 9: 'g722' }

/** What this browser can send and hear, in the order of preference; what stands beside a voice comes last. */
export function orderCodecs<C extends { readonly mimeType: string }>(
  able: readonly C[],
  names: readonly CodecName[],
): C[] {
  const named = (mimeType: string) => able.filter((one) => one.mimeType.toLowerCase() === mimeType.toLowerCase())
  return [
    ...names.flatMap((name) => named(`audio/${name}`)),
    ...able.filter(({ mimeType }) => beside.has(mimeType.toLowerCase())),
  ]
}

/** Whether a description leaves one of these codecs for each sound that is not switched off (port 0). */
export function hasCodec(sdp: string, names: readonly CodecName[]): boolean {
  const wanted = new Set<string>(names.map((name) => name.toLowerCase()))
  return sdp
    .split(/^(?=m=)/m)
    .filter((section) => section.startsWith('m=audio ') && !/^m=audio 0[ /]/.test(section))
    .every((section) => {
      const formats = /^m=audio \S+ \S+ (.*)$/m.exec(section)?.[1]?.trim().split(/\s+/) ?? []
      return formats.some((format) => {
        if (!/^\d{1,3}$/.test(format)) return false
        const mapped = new RegExp(`^a=rtpmap:${format} ([^/\\s]+)`, 'm').exec(section)?.[1]
        return wanted.has(mapped?.toLowerCase() ?? wellKnown[format] ?? '')
      })
    })
}

/** Chromium takes the order for both directions from what it can receive. */
const capable = () => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []

/**
 * The same handler, whose every offer and answer names these codecs in this order and no others (W3C webrtc-pc,
 * setCodecPreferences; JSEP, RFC 8829 4.2.6). A description that leaves none of them is refused, for the call would be
 * silent: SIP.js then says 488, or BYE after an ACK.
 */
export function preferCodecs<H extends object>(sessionDescriptionHandler: H, names: readonly CodecName[]): H {
  const handler = sessionDescriptionHandler as H & Handler
  const create = handler.createLocalOfferOrAnswer.bind(handler)
  const set = handler.setDescription.bind(handler)
  handler.createLocalOfferOrAnswer = (wants) => {
    const peer = handler.peerConnection
    if (peer !== undefined) {
      // An offer to receive alone makes its transceiver only while it is made, when it is too late to say.
      if (wants?.offerOptions?.offerToReceiveAudio === true && peer.getTransceivers().length === 0)
        peer.addTransceiver('audio', { direction: 'recvonly' })
      const ordered = orderCodecs(capable(), names)
      for (const transceiver of peer.getTransceivers()) {
        if (transceiver.receiver.track.kind === 'audio') transceiver.setCodecPreferences(ordered)
      }
    }
    return create(wants)
  }
  handler.setDescription = async (sdp, ...rest) => {
    if (!hasCodec(sdp, names)) throw new Error('description refused: codecs')
    return set(sdp, ...rest)
  }
  return handler
}
