/** What lives in a page after its garbage was collected: what a call makes, and must take away. */
import type { CDPSession, Page } from 'playwright-core'

export type Remains = {
  readonly peers: number
  readonly tracks: number
  readonly streams: number
  readonly listeners: number
  readonly audioNodes: number
  readonly heapMb: number
}

/** How many objects with this prototype there are. */
async function count(session: CDPSession, name: string): Promise<number> {
  const objectGroup = 'remains'
  const { result } = await session.send('Runtime.evaluate', { expression: `${name}.prototype`, objectGroup })
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
    objectGroup,
  })
  const length = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })
  await session.send('Runtime.releaseObjectGroup', { objectGroup })
  return Number(length.result.value)
}

/** Opens a page's inspector; each look collects its garbage first. */
export async function openRemains(page: Page): Promise<() => Promise<Remains>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    // Twice: what the first one frees may hold what only the second one finds.
    for (let round = 0; round < 2; round++) await session.send('HeapProfiler.collectGarbage')
    const counts = {
      peers: await count(session, 'RTCPeerConnection'),
      tracks: await count(session, 'MediaStreamTrack'),
      streams: await count(session, 'MediaStream'),
    }
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    return {
      ...counts,
      listeners: of('JSEventListeners'),
      audioNodes: of('AudioHandlers'),
      heapMb: of('JSHeapUsedSize') / 1024 / 1024,
    }
  }
}
