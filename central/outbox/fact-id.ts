import { createHash } from 'node:crypto'

/**
 * The id of what is owed to one receiver because of one mutation: the same whenever it is made, so that a fact that a
 * desk brings back after a restore is not told twice to who keeps ids. Shaped as a UUIDv8 (RFC 9562 §5.8).
 */
export function owedId(channel: string, target: string, mutationId: string, kind: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([channel, target, mutationId.toLowerCase(), kind]))
    .digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
