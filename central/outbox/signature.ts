/**
 * Signatures as Standard Webhooks has them (https://www.standardwebhooks.com, v1): HMAC-SHA256 over
 * `id.timestamp.body`, in base64, after `v1,`; several signatures stand side by side with a space between.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32
/** How far sender's and receiver's clock may differ, in seconds. */
export const TOLERANCE_S = 300

/** The key of a secret `whsec_…`; null for what is none: base64 of 24 to 64 bytes. */
function keyOf(secret: string): Buffer | null {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : ''
  const key = Buffer.from(text, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

export const isSecret = (secret: string): boolean => keyOf(secret) !== null

export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`

export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string }

/** The signature of a body; `timestamp` in seconds since the epoch. */
export function sign(secret: string, { id, timestamp, body }: Signed): string {
  const key = keyOf(secret)
  if (key === null) throw new Error('no secret of Standard Webhooks')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** The headers that go along with a body. */
export function signedHeaders(secret: string, signed: Signed): Record<string, string> {
  const { id, timestamp } = signed
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': sign(secret, signed) }
}

function same(one: string, other: string): boolean {
  const [bytes, others] = [Buffer.from(one), Buffer.from(other)]
  return bytes.length === others.length && timingSafeEqual(bytes, others)
}

/** The id of a body that who has the secret signed, not longer ago than the clocks may differ; null for any other. */
export function verifiedId(
  secret: string,
  headers: Readonly<Record<string, unknown>>,
  body: string,
  nowS: number,
): string | null {
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name])
  if (typeof id !== 'string' || !/^[\w.-]{1,128}$/.test(id) || typeof signatures !== 'string') return null
  if (typeof time !== 'string' || !/^\d{1,12}$/.test(time)) return null
  const timestamp = Number(time)
  if (Math.abs(nowS - timestamp) > TOLERANCE_S) return null
  const expected = sign(secret, { id, timestamp, body })
  return signatures.split(' ').some((one) => same(one, expected)) ? id : null
}
