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

const isSound = (section: string) => section.startsWith('m=audio ')
const sections = (sdp: string) => sdp.split(/^(?=m=)/m)
const formatsOf = (section: string) => /^m=audio \S+ \S+ (.*)$/m.exec(section)?.[1]?.trim().split(/\s+/) ?? []

/** The codec that a format stands for, in small letters; empty for one that stands for none. */
function codecOf(section: string, format: string): string {
  if (!/^\d{1,3}$/.test(format)) return ''
  const mapped = new RegExp(`^a=rtpmap:${format} ([^/\\s]+)`, 'm').exec(section)?.[1]
  return mapped?.toLowerCase() ?? wellKnown[format] ?? ''
}

const inSmall = (names: readonly CodecName[]) => new Set<string>(names.map((name) => name.toLowerCase()))

/** Whether a description leaves one of these codecs for each sound that is not switched off (port 0). */
export function hasCodec(sdp: string, names: readonly CodecName[]): boolean {
  const wanted = inSmall(names)
  return sections(sdp)
    .filter((section) => isSound(section) && !/^m=audio 0[ /]/.test(section))
    .every((section) => formatsOf(section).some((format) => wanted.has(codecOf(section, format))))
}

/**
 * The same description without the codecs that are not named. What we do not take we must not send either (RFC 3264
 * 6.1), but Chromium (seen in 130) sends the first codec that the other side offers, whatever we answered.
 */
export function withoutOthers(sdp: string, names: readonly CodecName[]): string {
  const wanted = inSmall(names)
  const isKept = (codec: string) => wanted.has(codec) || beside.has(`audio/${codec}`)
  return sections(sdp)
    .map((section) => {
      const formats = isSound(section) ? formatsOf(section) : []
      const others = new Set(formats.filter((format) => !isKept(codecOf(section, format))))
      if (others.size === 0 || others.size === formats.length) return section
      const kept = formats.filter((format) => !others.has(format)).join(' ')
      return section
        .replace(/^(m=audio \S+ \S+) .*?(\r?)$/m, `$1 ${kept}$2`)
        .replaceAll(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) .*\r?\n/gm, (line, format: string) =>
          others.has(format) ? '' : line,
        )
    })
    .join('')
}

/** Chromium takes the order for both directions from what it can receive. */
const capable = () => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []

/**
 * The same handler, whose every offer and answer names these codecs in this order and no others (W3C webrtc-pc,
 * setCodecPreferences; JSEP, RFC 8829 4.2.6), and which sends no others. A description that leaves none of them is refused, for the call would be
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
    return set(withoutOthers(sdp, names), ...rest)
  }
  return handler
}
