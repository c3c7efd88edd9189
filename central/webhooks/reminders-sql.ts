import type { CaseKind } from '../../shared/case/case-kind.ts'
import type { CaseState } from '../../shared/case/case-step.ts'
import type { Tx } from '../db/db.ts'

/** A case whose deadline has come to a step of which nobody was reminded; times in ms. */
export type Reached = {
  readonly caseId: string
  readonly caseNo: string
  readonly revision: number
  readonly state: CaseState
  readonly kind: CaseKind | null
  readonly unit: string
  readonly others: string[]
  readonly due: number
  /** The phase, the deadline and what it came to: what tells this step from every other of the case. */
  readonly step: string
  readonly isRed: boolean
  /** When it came to it. */
  readonly at: number
}

/**
 * Role sanxin_desk. Takes at most `limit` of what units owe and have come to amber or red with, the most urgent first,
 * and notes that they were taken; what somebody else has at hand is left to the next time.
 */
export function takeReached(sql: Tx, now: number, limit: number): Promise<Reached[]> {
  return sql.query<Reached>(
    `with reached as (
       select case_id, due <= $1::bigint as red,
         due_phase || ' ' || due || case when due <= $1::bigint then ' red' else ' amber' end as step
       from cases where unit is not null and state in ('toSign', 'inHand') and (due <= $1::bigint or amber <= $1::bigint)
     ), taken as (
       select case_id, red, step from cases join reached using (case_id) where reminded is distinct from step
       order by due, case_no limit $2::int for update of cases skip locked
     )
     update cases set reminded = step from taken where cases.case_id = taken.case_id
     returning cases.case_id as "caseId", case_no as "caseNo", revision, state, kind, unit, others, due,
       step, red as "isRed", case when red then due else amber end as at`,
    [now, limit],
  )
}
