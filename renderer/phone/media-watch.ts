/** How long the sound's way may be interrupted (ICE `disconnected`) before another is looked for, in ms. */
const INTERRUPTED_MS = 4_000
/** How long another attempt is waited for while the sound has no way, in ms. */
const AGAIN_MS = 10_000

type Listen = (type: 'iceconnectionstatechange', listener: () => void) => void
/** What of a peer connection tells whether the sound has a way. */
type Ice = Pick<RTCPeerConnection, 'iceConnectionState'> & {
  readonly addEventListener: Listen
  readonly removeEventListener: Listen
}

/**
 * N12: calls `lost` when the sound of a call has no way any more, at once where ICE says `failed`, after four seconds
 * where it says `disconnected`, which may pass; and again while that lasts. Answers how to stop.
 */
export function watchMediaWay(peer: Ice, lost: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(): void {
    timer = setTimeout(tell, AGAIN_MS)
    lost()
  }

  function look(): void {
    clearTimeout(timer)
    if (peer.iceConnectionState === 'failed') tell()
    if (peer.iceConnectionState === 'disconnected') timer = setTimeout(tell, INTERRUPTED_MS)
  }

  peer.addEventListener('iceconnectionstatechange', look)
  return () => {
    clearTimeout(timer)
    peer.removeEventListener('iceconnectionstatechange', look)
  }
}
