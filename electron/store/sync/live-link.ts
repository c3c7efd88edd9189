import type { z } from 'zod'
import type { Log, Timers } from '../../../shared/ports.ts'
import { liveToDeskSchema } from '../../../shared/sync/protocol.ts'
import type { LivePage } from './live-page.ts'
import type { DialLive, LiveWire } from './live-wire.ts'
import { readChanges } from './read-changes.ts'

/** The wire that says «there is something new» and carries the operator's status; it loses nothing, for it holds nothing. */
export type LiveLink = {
  /** As this device, for this store; `token` is of who is signed in, null while nobody is. */
  open(device: string, token: string | null, storeId: string): void
  close(): void
  sendStatus(status: string, since: number): void
}

/** Central's closing code where it does not know the device, or not for this file. */
const DEVICE_UNKNOWN = 4401
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 15_000

/**
 * `onNews` runs at each sign of something new, also after each reconnection; `page` is what came along with it.
 * `onLedger` hears how many calls are without an outcome, null where central says it no more.
 */
export function createLiveLink(
  dial: DialLive | null,
  timers: Timers,
  onNews: (page: LivePage | null) => void,
  log: Log = () => {},
  onLedger: (open: number | null) => void = () => {},
): LiveLink {
  let wire: LiveWire | null = null
  /** Central closes on whoever says more than hello before it. */
  let welcomed = false
  let who: { device: string; token: string | null; storeId: string } | null = null
  let status: { status: string; since: number } | null = null
  let retryMs = FIRST_RETRY_MS
  let cancel = () => {}

  function sendStatus(): void {
    if (status !== null && welcomed) wire?.send(JSON.stringify({ type: 'status', ...status }))
  }

  function pageOf(message: Exclude<z.infer<typeof liveToDeskSchema>, { type: 'ledger' }>): LivePage | null {
    if (message.type === 'welcome' || message.page === undefined) return null
    const { epoch, from, changes } = message.page
    return { epoch, from, head: message.head, changes: readChanges(changes, log) }
  }

  function connect(): void {
    if (who === null || dial === null) return
    const dialled = dial({
      opened: () => dialled.send(JSON.stringify({ type: 'hello', ...who })),
      message: (text) => {
        if (wire !== dialled) return
        const message = liveToDeskSchema.safeParse(parseJson(text))
        if (!message.success) return
        if (message.data.type === 'ledger') return onLedger(message.data.open)
        if (message.data.type === 'welcome') {
          retryMs = FIRST_RETRY_MS
          welcomed = true
          sendStatus()
        }
        onNews(pageOf(message.data))
      },
      closed: (code) => {
        if (wire !== dialled) return
        wire = null
        onLedger(null)
        // What central means by it the exchange is told, at once: revoked, or bound to another file.
        if (code === DEVICE_UNKNOWN) onNews(null)
        cancel = timers.after(retryMs * (0.5 + Math.random()), connect)
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
      },
    })
    wire = dialled
    welcomed = false
  }

  function close(): void {
    cancel()
    who = null
    const closing = wire
    wire = null
    onLedger(null)
    closing?.close()
  }

  return {
    open: (device, token, storeId) => {
      close()
      // The next operator's status is not the last one's.
      if (token === null) status = null
      who = { device, token, storeId }
      connect()
    },
    close,
    sendStatus: (name, since) => {
      status = { status: name, since }
      sendStatus()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
