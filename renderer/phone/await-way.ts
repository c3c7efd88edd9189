/** So long all ways are waited for once one is known, in ms: a STUN server that is gone must not hold up a call. */
const ALL_MS = 500
/** So long the first one is waited for, in ms: on a machine that has more to do than it can, it takes its time. */
const FIRST_MS = 10_000

/** A candidate (RFC 8839 5.1) by which sound goes: those over TCP may be found first, and no exchange takes them. */
const WAY = /^a=candidate:\S+ 1 udp /im

/** What of SIP.js's session description handler waits for the ways before a description goes out. */
type Handler = {
  readonly peerConnection?: RTCPeerConnection | undefined
  waitForIceGatheringComplete(restart?: boolean, timeout?: number): Promise<void>
}

/** What of a peer connection tells which ways it has found. */
type Finding = Pick<RTCPeerConnection, 'localDescription' | 'iceGatheringState'> & EventTarget

const events = ['icecandidate', 'icegatheringstatechange'] as const

/** Resolves when the description names each way for our sound, or one at least after half a second; rejects without any. */
export function untilWay(peer: Finding): Promise<void> {
  return new Promise((resolve, reject) => {
    let enough = false
    const hasWay = () => WAY.test(peer.localDescription?.sdp ?? '')
    const settle = (end: () => void) => {
      for (const timer of timers) clearTimeout(timer)
      for (const event of events) peer.removeEventListener(event, look)
      end()
    }
    // After an ICE restart it may still be `complete` of the time before: what counts is what the description says.
    const look = () => {
      if (hasWay() && (enough || peer.iceGatheringState === 'complete')) settle(resolve)
    }
    const timers = [
      setTimeout(() => {
        enough = true
        look()
      }, ALL_MS),
      setTimeout(() => settle(() => reject(new Error('no way for the sound was found'))), FIRST_MS),
    ]
    for (const event of events) peer.addEventListener(event, look)
    look()
  })
}

/**
 * N18: an offer or answer names a way for our sound. Chromium writes `0.0.0.0` where it has none over UDP yet, which
 * says «on hold» (RFC 3264 8.4): an exchange that reads it so plays music to the citizen, in a call that stands on both
 * sides.
 */
export function awaitWay<H extends object>(sessionDescriptionHandler: H): H {
  const handler = sessionDescriptionHandler as H & Handler
  handler.waitForIceGatheringComplete = () => {
    const { peerConnection } = handler
    return peerConnection === undefined ? Promise.reject(new Error('the call is over')) : untilWay(peerConnection)
  }
  return handler
}
