/** What units' systems are told of a case (rules W1): that something happened, never what was said or by whom. Pure. */
import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { standingDeadline, type DeadlineRules } from '../../shared/case/standing.ts'
import { stepTypes } from '../../shared/case/steps.ts'
import type { EventRow } from './sql.ts'

/** The events that can be subscribed to. */
export const webhookEvents: readonly string[] = [
  'case.opened',
  'case.replied',
  'case.edited',
  'case.called',
  ...stepTypes.map((type) => `case.${type}`),
  // No step of anybody's: its deadline has come near, or is over (reminders.ts).
  'case.amber',
  'case.red',
]

/** What is kept of an event until it was sent; who hears of it sees it cut to what is hers (body.ts). */
export type EventData = {
  readonly caseNo: string
  readonly state: string
  readonly kind: string | null
  readonly unit: string | null
  readonly others: readonly string[]
  /** The deadline that stands, in ms. */
  readonly due: number | null
}

function nameOf(event: CaseEvent): string | null {
  switch (event.type) {
    case 'caseOpened':
      return 'case.opened'
    case 'caseReplied':
      return 'case.replied'
    case 'caseStepped':
      return `case.${event.step.type}`
    case 'groupEdited':
      return 'case.edited'
    // Somebody else called about it.
    case 'callJoined':
      return 'case.called'
    default:
      return null
  }
}

const unitsOf = (record: CaseRecord | null) =>
  record === null ? [] : [record.life.unit, ...record.life.others].filter((unit) => unit !== null)

/** An event that was just written, with its case before and after the whole batch. */
export type Change = {
  readonly event: CaseEvent
  readonly mutationId: string
  readonly revision: number
  readonly before: CaseRecord | null
  readonly record: CaseRecord
}

export function eventRows(changes: readonly Change[], rules: DeadlineRules): EventRow[] {
  return changes.flatMap(({ event, mutationId, revision, before, record }) => {
    const kind = nameOf(event)
    if (kind === null) return []
    const { caseId, caseNo, state, life, groups } = record
    const { unit, others } = life
    const due = standingDeadline(record, rules)?.due ?? null
    const data: EventData = { caseNo, state, kind: groups.classification.kind, unit, others, due }
    const group = event.type === 'groupEdited' ? event.edit.group : ''
    // A unit that it left hears that it did.
    const units = [...new Set([...unitsOf(before), ...unitsOf(record)])]
    return [{ kind, key: `${mutationId} ${kind} ${group}`, caseId, revision, at: event.at, units, data }]
  })
}
