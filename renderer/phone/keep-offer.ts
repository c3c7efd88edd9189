type Wants = { readonly hold?: boolean; readonly offerOptions?: RTCOfferOptions }

/** What of SIP.js's session description handler makes an offer; it does so from `stable` alone. */
type Handler = {
  readonly peerConnection?: RTCPeerConnection | undefined
  updateDirection(wants?: Wants): Promise<void>
  createLocalOfferOrAnswer(wants?: Wants): Promise<RTCSessionDescriptionInit>
  rollbackDescription?: () => Promise<void>
}

/** A peer connection that waits for the answer to an offer that was refused, or that nobody heard; undefined else. */
export function waitingPeer(handler: object | undefined): RTCPeerConnection | undefined {
  const peerConnection = (handler as Handler | undefined)?.peerConnection
  return peerConnection?.signalingState === 'have-local-offer' ? peerConnection : undefined
}

/**
 * N15: an offer that came to nothing is not taken back, but followed by the next one, which takes its place. Chromium
 * (seen in 130) is deaf to the other side for good after it rolled an offer back (JSEP, RFC 8829 4.1.10.2), whatever is
 * agreed on later; an offer in the place of an offer (4.1.8) leaves the sound as it is.
 */
export function keepOffers<H extends object>(sessionDescriptionHandler: H): H {
  const handler = sessionDescriptionHandler as H & Handler
  const [update, create] = [
    handler.updateDirection.bind(handler),
    handler.createLocalOfferOrAnswer.bind(handler),
  ] as const
  handler.rollbackDescription = () => Promise.resolve()
  handler.updateDirection = async (wants) => {
    const peer = waitingPeer(handler)
    if (peer === undefined) return update(wants)
    for (const transceiver of peer.getTransceivers()) {
      if (transceiver.direction === 'sendonly' || transceiver.direction === 'sendrecv')
        transceiver.direction = wants?.hold === true ? 'sendonly' : 'sendrecv'
    }
  }
  handler.createLocalOfferOrAnswer = (wants) => waitingPeer(handler)?.createOffer(wants?.offerOptions) ?? create(wants)
  return handler
}
