import type { Connection } from './connection.ts'
import type { SipResponse } from './sip-message.ts'
import { header, headerAll } from './sip-message.ts'
import { parseVia } from './sip-address.ts'
import type { Timers } from './timers.ts'

/** A request that the exchange sent and whose responses it awaits. */
export interface ClientTransaction {
  branch: string
  connection: Connection
  method: string
  onResponse(response: SipResponse): void
  until: number
}

/** Finds the sender of a request for the response that comes back. */
export interface Transactions {
  /** Null when too many are open. */
  open(
    branch: string,
    connection: Connection,
    method: string,
    onResponse: (response: SipResponse) => void,
  ): ClientTransaction | null
  /** Hands a response to its transaction; false: nobody asked for it. */
  receive(connection: Connection, response: SipResponse): boolean
  /** Keeps a long transaction (a ringing INVITE) alive for this long from now. */
  extend(branch: string, ms: number): void
  sweep(): void
  count(): number
}

/** RFC 3261's 64*T1: what is silent for longer has failed. */
export const transactionMs = 32_000

/** Makes an empty table of client transactions. */
export function createTransactions(timers: Timers, max = 5_000): Transactions {
  const byBranch = new Map<string, ClientTransaction>()

  return {
    open(branch, connection, method, onResponse) {
      if (byBranch.size >= max) return null
      const transaction = { branch, connection, method, onResponse, until: timers.now() + transactionMs }
      byBranch.set(branch, transaction)
      return transaction
    },
    receive(connection, response) {
      const [top] = headerAll(response, 'via')
      const via = top === undefined ? null : parseVia(top)
      const transaction = via ? byBranch.get(via.branch) : undefined
      const sequence = /^\d{1,10}\s+(\S+)$/.exec(header(response, 'cseq') ?? '')
      // A response from another socket than the request went to is a forgery.
      if (!transaction || transaction.connection !== connection || sequence?.[1] !== transaction.method) return false
      transaction.onResponse(response)
      return true
    },
    extend(branch, ms) {
      const transaction = byBranch.get(branch)
      if (transaction) transaction.until = timers.now() + ms
    },
    sweep() {
      for (const [branch, { until }] of byBranch) if (until <= timers.now()) byBranch.delete(branch)
    },
    count: () => byBranch.size,
  }
}
