import type { ShownAuditEntry } from '../../shared/admin/audit-page.ts'
import type { Tx } from '../db/db.ts'

export type Wanted = {
  /** Who did it, or to whom; '' for anybody. */
  readonly who: string
  readonly action: string
  /** In ms, the end left out. */
  readonly span: { readonly from: number; readonly until: number } | null
  readonly before: number | null
}

/** Role sanxin_reader, of an auditor. What answers, the newest first. */
export function selectFound(sql: Tx, { who, action, span, before }: Wanted, limit: number): Promise<ShownAuditEntry[]> {
  return sql.query<ShownAuditEntry>(
    `select seq, at, actor, place, action, object, detail::text as detail from audit
     where ($1::text = '' or actor = $1::text or object = $1::text) and ($2::text = '' or action = $2::text)
       and ($3::bigint is null or at >= $3::bigint) and ($4::bigint is null or at < $4::bigint)
       and ($5::bigint is null or seq < $5::bigint)
     order by seq desc limit $6::int`,
    [who, action, span?.from ?? null, span?.until ?? null, before, limit],
  )
}
