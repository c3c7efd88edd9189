/** The one port by which messages leave. */
import type { Carried } from '../outbox/carrier.ts'

/** `to` in E.164 (+86138…); `id` stays the same however often it is tried: a gateway takes each once. */
export type OutMessage = { readonly id: string; readonly to: string; readonly kind: string; readonly text: string }

export type Handed = Extract<Carried, { became: 'sent' | 'failed' }>

export type MessageGateway = {
  readonly name: 'file' | 'http'
  /** The secret by which what citizens reply is signed; null for a gateway that brings none. */
  readonly inboundSecret: string | null
  /** Never rejects for what is expected of a gateway. */
  send(message: OutMessage): Promise<Handed>
  close(): Promise<void>
}
