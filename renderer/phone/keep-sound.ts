/** What of SIP.js's session description handler is over with its session. */
type Handler = { readonly peerConnection?: RTCPeerConnection | undefined; close(): void }

/**
 * The microphone is the call's, which may outlive a session of it: where the exchange offers the call anew (N4), or
 * another INVITE follows a refused one (N13). SIP.js stops whatever a session sends when that is over, and the next one
 * would send nothing; it is stopped by whoever opened it (call-sounds.ts).
 */
export function keepSound<H extends object>(sessionDescriptionHandler: H): H {
  const handler = sessionDescriptionHandler as H & Handler
  const close = handler.close.bind(handler)
  handler.close = () => {
    const peer = handler.peerConnection
    if (peer !== undefined) peer.getSenders = () => []
    close()
  }
  return handler
}
