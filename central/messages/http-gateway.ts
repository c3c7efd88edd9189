/** Messages to a gateway over HTTP: JSON, signed (Standard Webhooks), each under an idempotency key. README.md of central: for IT. */
import type { Clock } from '../../shared/ports.ts'
import { post, type Posted } from '../outbox/post.ts'
import { signedHeaders } from '../outbox/signature.ts'
import type { Handed, MessageGateway, OutMessage } from './gateway.ts'

/** Codes after which the same message may go another time; any other 4xx is a refusal for good. */
const again: ReadonlySet<number> = new Set([401, 403, 404, 408, 423, 425, 429])

/** What an answer means: 409, the gateway has it already. */
export function handedOf(posted: Posted): Handed {
  if (!posted.answered) return { became: 'failed', reason: posted.reason, again: true }
  const { status, afterMs } = posted
  if ((status >= 200 && status < 300) || status === 409) return { became: 'sent' }
  const mayGo = status < 400 || status >= 500 || again.has(status)
  return { became: 'failed', reason: `http${status}`, again: mayGo, ...(afterMs === undefined ? {} : { afterMs }) }
}

export function createHttpGateway({ url, secret }: { url: URL; secret: string }, clock: Clock): MessageGateway {
  async function send({ id, to, kind, text }: OutMessage): Promise<Handed> {
    const body = JSON.stringify({ id, to, kind, text })
    const signed = signedHeaders(secret, { id, timestamp: Math.floor(clock.now() / 1000), body })
    return handedOf(await post({ url, body, headers: { ...signed, 'idempotency-key': id }, allowed: 'any' }))
  }
  return { name: 'http', inboundSecret: secret, send, close: () => Promise.resolve() }
}
