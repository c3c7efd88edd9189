import type { Tx } from '../db/db.ts'

export type ProgressRow = {
  readonly state: string
  readonly openedAt: number
  readonly changedAt: number | null
  readonly phase: string | null
  readonly due: number | null
}

/**
 * Role sanxin_find. The case of this number of whose callers one's number ends with these digits; `changedAt`: its last
 * step. None where who called is secret: of the case, or of her own call about it.
 */
export async function selectProgress(sql: Tx, caseNo: string, digits: string): Promise<ProgressRow | null> {
  const [row] = await sql.query<ProgressRow>(
    `select c.state, c.opened_at as "openedAt", c.due_phase as phase, c.due,
            (select max(e.at) from case_events e where e.case_id = c.case_id and e.type = 'caseStepped') as "changedAt"
     from cases c
     where c.case_no = $1::text and not c.secret and exists (
       select from callers k
       where (k.caller_id = c.caller_id
           or k.caller_id in (select j.who from case_callers j
             where j.case_id = c.case_id and j.left_at is null and j.kind is distinct from 'report'))
         and length(k.phone_key) >= 7 and right(k.phone_key, 4) = $2::text)`,
    [caseNo, digits],
  )
  return row ?? null
}
