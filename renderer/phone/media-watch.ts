/** How long the sound's way may be interrupted (ICE `disconnected`) before another is looked for, in ms. */
const INTERRUPTED_MS = 4_000
/** How long another attempt is waited for while the sound has no way, in ms. */
const AGAIN_MS = 10_000

/** What of a peer connection tells whether the sound has a way. */
type Ice = Pick<RTCPeerConnection, 'iceConnectionState'> & {
  addEventListener(type: 'iceconnectionstatechange', listener: () => void): void
}

/**
 * N12: calls `lost` when the sound of a call has no way any more, at once where ICE says `failed`, after four seconds
 * where it says `disconnected`, which may pass; and again while that lasts. Answers how to stop.
 */
export function watchMediaWay(peer: Ice, lost: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  function tell(): void {
    timer = setTimeout(tell, AGAIN_MS)
    lost()
  }

  peer.addEventListener('iceconnectionstatechange', () => {
    clearTimeout(timer)
    if (over) return
    if (peer.iceConnectionState === 'failed') tell()
    if (peer.iceConnectionState === 'disconnected') timer = setTimeout(tell, INTERRUPTED_MS)
  })
  return () => {
    over = true
    clearTimeout(timer)
  }
}
