import type { Connection } from './connection.ts'
import type { SipRequest, SipResponse } from './sip-message.ts'
import { header } from './sip-message.ts'
import { parseVia } from './sip-address.ts'
import type { ReplyOptions } from './sip-reply.ts'
import { makeReply } from './sip-reply.ts'
import type { Timers } from './timers.ts'
import { transactionMs } from './transactions.ts'

/** An INVITE that somebody sent to the exchange, until its last echo has died away. */
export interface ServerInvite {
  connection: Connection
  request: SipRequest
  /** The final status, once sent. */
  final: number | null
  /** Called when the sender cancels or disappears before the final response. */
  onCancel: () => void
  /** Answers in the exchange's own name; a final status only once. */
  reply(status: number, options?: ReplyOptions): void
  /** Passes on the response of the other side. */
  forward(response: SipResponse): void
}

/** The INVITEs that are open, found by the sender's branch. */
export interface ServerInvites {
  /** Null when too many are open. */
  open(connection: Connection, request: SipRequest): ServerInvite | null
  find(connection: Connection, request: SipRequest): ServerInvite | null
  /** Cancels all that a dead socket left open. */
  dropConnection(connection: Connection): void
  sweep(): void
  count(): number
}

/** Makes an empty table of received INVITEs. */
export function createServerInvites(timers: Timers, newTag: () => string, max = 1_000): ServerInvites {
  const byKey = new Map<string, { invite: ServerInvite; until: number | null }>()
  // The same branch serves INVITE, its CANCEL and the ACK of its failure; the socket keeps strangers apart.
  const keyOf = (connection: Connection, request: SipRequest): string =>
    `${connection.id}|${parseVia(header(request, 'via') ?? '')?.branch ?? ''}`

  function open(connection: Connection, request: SipRequest): ServerInvite | null {
    if (byKey.size >= max) return null
    const key = keyOf(connection, request)
    const toTag = newTag()
    const send = (response: SipResponse): void => {
      if (invite.final !== null && invite.final >= 300) return
      if (response.status >= 200 && invite.final === null) {
        invite.final = response.status
        entry.until = timers.now() + transactionMs
      }
      if (connection.open) connection.send(response)
    }
    const invite: ServerInvite = {
      connection,
      request,
      final: null,
      onCancel: () => {},
      reply: (status, options = {}) => {
        if (invite.final === null) send(makeReply(request, status, { toTag, ...options }))
      },
      forward: send,
    }
    const entry: { invite: ServerInvite; until: number | null } = { invite, until: null }
    byKey.set(key, entry)
    return invite
  }

  return {
    open,
    find: (connection, request) => byKey.get(keyOf(connection, request))?.invite ?? null,
    dropConnection(connection) {
      for (const [key, { invite }] of byKey) {
        if (invite.connection !== connection) continue
        byKey.delete(key)
        if (invite.final === null) invite.onCancel()
      }
    },
    sweep() {
      for (const [key, { until }] of byKey) if (until !== null && until <= timers.now()) byKey.delete(key)
    },
    count: () => byKey.size,
  }
}
