/** Putting a citizen through to whoever was dialled beside her: REFER with Replaces (RFC 3515, RFC 3891). */
import type { LegMap } from './leg.ts'

/** How the exchange ended an attempt to put a citizen through: done, or a SIP status. */
export type Completion = 'done' | number

/** How long the exchange may take to say how putting somebody through went, in ms. */
const COMPLETE_MS = 32_000
/** How long after the citizen's leg the other one may end, in ms, for both to have been ended by putting through. */
const PART_MS = 2_000

/** The status in the body of a NOTIFY (message/sipfrag, RFC 3420); null for none. */
export function sipFragStatus(body: string): number | null {
  const status = /^SIP\/2\.0 (\d{3})\b/.exec(body)?.[1]
  return status === undefined ? null : Number(status)
}

type Pair = { readonly besideId: string; readonly settled: PromiseWithResolvers<Completion> }

export type Transfers = {
  complete(callId: string, besideId: string): Promise<Completion>
  /**
   * L10: the citizen's leg ended while the exchange was asked. Resolves when it is known what that was: at once with
   * the end of the other leg, or after a while in which that stayed up. Null where nothing was asked.
   */
  parting(callId: string): Promise<unknown> | null
  /** A leg has ended, and that was told. */
  ended(callId: string): void
}

export function createTransfers(legs: LegMap): Transfers {
  const asked = new Map<string, Pair>()
  const waiting = new Map<string, () => void>()

  async function complete(callId: string, besideId: string): Promise<Completion> {
    const [session, beside] = [legs.get(callId)?.session, legs.get(besideId)?.session]
    if (session === undefined || beside === undefined) return 481
    const settled = Promise.withResolvers<Completion>()
    asked.set(callId, { besideId, settled })
    // Its word may be lost with the link: then both are still here, and it can be asked again.
    const patience = setTimeout(() => settled.resolve(408), COMPLETE_MS)
    try {
      await session.refer(beside, {
        onNotify: (notification) => {
          void notification.accept().catch(() => undefined)
          const status = sipFragStatus(notification.request.body)
          if (status !== null && status >= 200) settled.resolve(status < 300 ? 'done' : status)
        },
        requestDelegate: { onReject: ({ message }) => settled.resolve(message.statusCode ?? 500) },
      })
    } catch {
      settled.resolve(481)
    }
    return settled.promise.finally(() => {
      clearTimeout(patience)
      asked.delete(callId)
    })
  }

  return {
    complete,
    parting: (callId) => {
      const pair = asked.get(callId)
      if (pair === undefined || !legs.has(pair.besideId)) return null
      const { settled, besideId } = pair
      return new Promise<void>((known) => {
        // That the exchange did not do it is told before the citizen's end is.
        void settled.promise.then(() => setTimeout(known))
        const patience = setTimeout(() => settled.resolve(481), PART_MS)
        waiting.set(besideId, () => {
          clearTimeout(patience)
          known()
          setTimeout(() => settled.resolve(481))
        })
      })
    },
    ended: (callId) => {
      waiting.get(callId)?.()
      waiting.delete(callId)
    },
  }
}
