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
  close(): void
  /** Nothing is waited for: whoever asked is told that there is no way. */
  abandonWay?: () => void
}

/** What of a peer connection tells which ways it has found. */
type Finding = Pick<RTCPeerConnection, 'localDescription' | 'iceGatheringState'> & EventTarget

const events = ['icecandidate', 'icegatheringstatechange'] as const

/**
 * Resolves when the description names each way for our sound, or one at least after half a second; rejects without any,
 * and when the call is `over`.
 */
function untilWay(peer: Finding, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let since: ReturnType<typeof setTimeout> | undefined
    const hasWay = () => WAY.test(peer.localDescription?.sdp ?? '')
    const settle = (end: () => void) => {
      clearTimeout(since)
      clearTimeout(patience)
      for (const event of events) peer.removeEventListener(event, look)
      over.removeEventListener('abort', giveUp)
      end()
    }
    const giveUp = () => settle(() => reject(new Error('no way for the sound was found')))
    // After an ICE restart it may still be `complete` of the time before: what counts is what the description says.
    const look = () => {
      if (!hasWay()) return
      if (peer.iceGatheringState === 'complete') return settle(resolve)
      since ??= setTimeout(() => settle(resolve), ALL_MS)
    }
    const patience = setTimeout(giveUp, FIRST_MS)
    for (const event of events) peer.addEventListener(event, look)
    over.addEventListener('abort', giveUp)
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
  let over = new AbortController()
  const close = handler.close.bind(handler)
  handler.abandonWay = () => {
    over.abort()
    over = new AbortController()
  }
  handler.close = () => {
    handler.abandonWay?.()
    close()
  }
  handler.waitForIceGatheringComplete = () => {
    const { peerConnection } = handler
    if (peerConnection === undefined) return Promise.reject(new Error('the call is over'))
    return untilWay(peerConnection, over.signal)
  }
  return handler
}

/** The offer that waits for a way, if one does, comes to nothing at once. */
export function abandonWay(handler: object | undefined): void {
  ;(handler as Handler | undefined)?.abandonWay?.()
}
