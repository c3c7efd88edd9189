/**
 * Sound before the answer of a call that is dialled: what the exchange or the network says itself, «the number is busy».
 *
 * C17 A description in a 18x is taken for the time being (RFC 8829 4.1.10.1), the first of each early dialog alone (RFC
 *     3261 13.2.1); where the call forked the newest dialog is heard, and who answers is the call, whoever was heard
 *     before. One that cannot be taken costs the call nothing but that sound.
 */
import type { Core } from 'sip.js'
import { checkSdp } from './check-sdp.ts'

type Progress = Pick<Core.IncomingResponseMessage, 'body' | 'toTag' | 'getHeader'>

/** Takes the descriptions of one call's 18x; `heard` is called when the first sound may come. */
export function createEarlyAnswers(peerNow: () => RTCPeerConnection | undefined, heard: () => void) {
  const dialogs = new Set<string>()
  return async (message: Progress): Promise<void> => {
    const { body, toTag } = message
    const peer = peerNow()
    if (peer === undefined || !/^application\/sdp\b/i.test(message.getHeader('Content-Type') ?? '')) return
    if (dialogs.has(toTag) || checkSdp(body) !== null) return
    dialogs.add(toTag)
    try {
      await peer.setRemoteDescription({ type: 'pranswer', sdp: body })
    } catch {
      return
    }
    if (peer.signalingState === 'have-remote-pranswer') heard()
  }
}

/** What of SIP.js's session description handler sets the other side's description. */
type Handler = {
  readonly peerConnection?: RTCPeerConnection | undefined
  setRemoteSessionDescription(description: RTCSessionDescriptionInit): Promise<void>
}

/** SIP.js knows no answer for the time being, and would refuse the one that follows. */
export function endEarly<H extends object>(sessionDescriptionHandler: H): H {
  const handler = sessionDescriptionHandler as H & Handler
  const set = handler.setRemoteSessionDescription.bind(handler)
  handler.setRemoteSessionDescription = (description) => {
    const { peerConnection: peer } = handler
    if (peer?.signalingState !== 'have-remote-pranswer') return set(description)
    return peer.setRemoteDescription({ ...description, type: 'answer' })
  }
  return handler
}
