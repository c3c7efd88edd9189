import type { SipRequest, SipResponse } from './sip-message.ts'

/** One WebSocket with a telephone at the other end. */
export interface Connection {
  id: string
  open: boolean
  send(message: SipRequest | SipResponse): void
}
