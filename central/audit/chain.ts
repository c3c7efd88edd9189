/** The chain as its reader recomputes it; audit_hash (0006-audit.sql) writes the same. */
import { createHash } from 'node:crypto'

/** One entry; `detail` as its JSON text, which the hash covers to the letter. */
export type AuditEntry = {
  readonly seq: number
  readonly at: number
  readonly actor: string | null
  readonly place: string | null
  readonly action: string
  readonly object: string | null
  readonly detail: string
  readonly prevHash: string
  readonly hash: string
}
/** How many entries there are, and the last one's hash. */
export type AuditHead = { readonly seq: number; readonly hash: string }

/** What the first entry stands on. */
export const beginning: AuditHead = { seq: 0, hash: '0'.repeat(64) }

const field = (value: string | null) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)

/** The hash that an entry must have. */
export function hashOf({ seq, at, actor, place, action, object, detail, prevHash }: AuditEntry): string {
  const text = [String(seq), String(at), actor, place, action, object, detail, prevHash].map(field).join('')
  return createHash('sha256').update(text).digest('hex')
}

/** Why an entry cannot stand after `before`; null where it can. */
export function flawOf(before: AuditHead, entry: AuditEntry): 'missing' | 'order' | 'changed' | null {
  if (entry.seq !== before.seq + 1) return 'missing'
  if (entry.prevHash !== before.hash) return 'order'
  return hashOf(entry) === entry.hash ? null : 'changed'
}
