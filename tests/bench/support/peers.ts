/** The peer connections and the streams of a page, watched from outside; nothing in the phone knows of it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/**
 * How long a call may be kept that has ended, in ms: the transaction of its INVITE lasts for another 64*T1, 32 s
 * (RFC 3261 17.2.1, RFC 6026 8.7), and then a moment.
 */
const KEPT_MS = 35_000
const LOOK_MS = 500

type Watch = {
  /** How many were made since the watch began. */
  made: number
  madeAt: number
  /** The newest one; held weakly, for what is watched must be free to go. */
  newest: WeakRef<RTCPeerConnection> | null
  /** Connections and streams that were made since, as far as they still live. */
  kept: WeakRef<object>[]
  /** When packets have gone both ways, in ms of the page's clock. */
  untilSound(peer: RTCPeerConnection): Promise<number>
}
type Watched = Window & { sanxinPeers: Watch }

/** From now on what the page makes of peer connections and streams is watched. */
export async function watchPeers(page: Page): Promise<void> {
  await page.evaluate(() => {
    type Counted = { type: string; packetsSent?: number; packetsReceived?: number }
    const watch: Watch = {
      made: 0,
      madeAt: 0,
      newest: null,
      kept: [],
      untilSound: async (peer) => {
        for (;;) {
          const stats = [...(await peer.getStats()).values()] as Counted[]
          const sends = stats.some(({ type, packetsSent = 0 }) => type === 'outbound-rtp' && packetsSent > 0)
          const hears = stats.some(({ type, packetsReceived = 0 }) => type === 'inbound-rtp' && packetsReceived > 0)
          if (sends && hears) return performance.now()
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
      },
    }
    ;(window as unknown as Watched).sanxinPeers = watch
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct: (Bare, given: [RTCConfiguration?]) => {
        watch.madeAt = performance.now()
        watch.made += 1
        const peer = new Bare(...given)
        watch.newest = new WeakRef(peer)
        watch.kept.push(watch.newest)
        return peer
      },
    })
    window.MediaStream = new Proxy(window.MediaStream, {
      construct: (Bare, given: [MediaStreamTrack[]]) => {
        const stream = new Bare(...given)
        watch.kept.push(new WeakRef(stream))
        return stream
      },
    })
  })
}

/**
 * Until the page has let go of every connection and stream that it has made since the watch began; or until an ended
 * call must have been let go of, and whatever is left then is kept for good.
 */
export async function untilLetGo(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const end = performance.now() + KEPT_MS
  for (;;) {
    await session.send('HeapProfiler.collectGarbage')
    const kept = await page.evaluate(() => {
      const watch = (window as unknown as Watched).sanxinPeers
      watch.kept = watch.kept.filter((one) => one.deref() !== undefined)
      return watch.kept.length
    })
    if (kept === 0 || performance.now() > end) break
    await pause(LOOK_MS)
  }
  await session.detach()
}

/**
 * In ms, from the making of the next peer connection, which SIP.js does when it is told to answer, until packets went
 * both ways on it.
 */
export function answerTime(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const watch = (window as unknown as Watched).sanxinPeers
    const { made } = watch
    while (watch.made === made) await new Promise((resolve) => setTimeout(resolve, 1))
    const peer = watch.newest?.deref()
    return peer === undefined ? Number.NaN : (await watch.untilSound(peer)) - watch.madeAt
  })
}

/** The same between two bare peer connections in that page, from the moment that one has the other's offer. */
export function bareAnswerTime(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    const [caller, callee] = [new RTCPeerConnection(), new RTCPeerConnection()]
    for (const peer of [caller, callee]) for (const track of stream.getTracks()) peer.addTrack(track, stream)
    const described = (peer: RTCPeerConnection) =>
      new Promise<RTCSessionDescriptionInit>((resolve) => {
        const look = (): void => {
          if (peer.iceGatheringState === 'complete' && peer.localDescription) resolve(peer.localDescription.toJSON())
        }
        peer.addEventListener('icegatheringstatechange', look)
        look()
      })
    await caller.setLocalDescription()
    const offer = await described(caller)
    const began = performance.now()
    await callee.setRemoteDescription(offer)
    await callee.setLocalDescription()
    await caller.setRemoteDescription(await described(callee))
    const took = (await (window as unknown as Watched).sanxinPeers.untilSound(callee)) - began
    for (const peer of [caller, callee]) peer.close()
    for (const track of stream.getTracks()) track.stop()
    return took
  })
}
