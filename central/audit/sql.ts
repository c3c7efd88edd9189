import type { AuditAction } from '../../shared/audit-action.ts'
import type { Tx } from '../db/db.ts'
import type { AuditEntry, AuditHead } from './chain.ts'

/** `phoneKey` instead of `object` names a number: only its keyed hash is stored. */
export type AuditRecord = {
  readonly at: number
  readonly actor: string | null
  readonly place: string | null
  readonly action: AuditAction
  readonly object?: string
  readonly phoneKey?: string
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Appends to the chain, in the transaction of what it records; let it be the last: all others wait for it. */
export async function appendAudit(sql: Tx, record: AuditRecord): Promise<void> {
  const { at, actor, place, action, object = null, phoneKey = null, detail = {} } = record
  await sql.query('select audit_append($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text)::text', [
    at,
    actor,
    place,
    action,
    object,
    phoneKey,
    JSON.stringify(detail),
  ])
}

/** The entries after a position, oldest first. */
export function selectAudit(sql: Tx, after: number, limit: number): Promise<AuditEntry[]> {
  return sql.query<AuditEntry>(
    `select seq, at, actor, place, action, object, detail::text as detail, prev_hash as "prevHash", hash
     from audit where seq > $1::bigint order by seq limit $2::int`,
    [after, limit],
  )
}

/** What the head says; null where it is gone. */
export async function selectAuditHead(sql: Tx): Promise<AuditHead | null> {
  const [row] = await sql.query<AuditHead>('select seq, hash from audit_head')
  return row ?? null
}

/** From here on this transaction sees one moment, however long it reads. Must be its first statement. */
export function readOneMoment(sql: Tx): Promise<void> {
  return sql.script('set transaction isolation level repeatable read, read only')
}
