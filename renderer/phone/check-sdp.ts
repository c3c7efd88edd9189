/** Why a description is refused: a kind, nothing of what it says. */
export type SdpFault = 'noAudio' | 'profile' | 'fingerprint'

/** RFC 8122 5: hashes that are not broken. */
const fingerprint = /^a=fingerprint:sha-(?:256|384|512) [0-9A-F]{2}(?::[0-9A-F]{2}){31,63}$/im

/**
 * Whether an offer or answer asks for encrypted media and nothing else: null, or what is wrong. Every media line that
 * is not switched off (port 0) must be UDP/TLS/RTP/SAVPF (RFC 5764) with a fingerprint of its own or the session's.
 */
export function checkSdp(sdp: string): SdpFault | null {
  const [session = '', ...media] = sdp.split(/^(?=m=)/m)
  if (!media.some((section) => section.startsWith('m=audio '))) return 'noAudio'
  for (const section of media) {
    const [, port, profile] = /^m=\S+ (\d+)\S* (\S+) /.exec(section) ?? []
    if (port === '0') continue
    if (profile !== 'UDP/TLS/RTP/SAVPF') return 'profile'
    if (!fingerprint.test(section.replaceAll('\r', '')) && !fingerprint.test(session.replaceAll('\r', ''))) {
      return 'fingerprint'
    }
  }
  return null
}

/** What of a SIP.js session description handler takes the other side's description. */
type Describes = { setDescription(sdp: string, ...rest: never[]): Promise<void> }

/** The same handler, to which no description comes that `checkSdp` refuses: SIP.js then says 488, or BYE after an ACK. */
export function refuseBareMedia<H extends Describes>(handler: H): H {
  const set = handler.setDescription.bind(handler)
  handler.setDescription = async (sdp, ...rest) => {
    const fault = checkSdp(sdp)
    if (fault !== null) throw new Error(`description refused: ${fault}`)
    return set(sdp, ...rest)
  }
  return handler
}
