/** The deadlines that central counts by its tables, and the columns of a case that they give. */
import { createHash } from 'node:crypto'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { countCallers, owedCallers } from '../../shared/case/owed.ts'
import type { HoldingTables } from '../../shared/tables/case-rules.ts'
import { shippedBodies } from '../../shared/tables/tables.ts'
import { createWorkingDays } from '../../shared/case/working-days.ts'
import { standingDeadline, type DeadlineRules } from '../../shared/case/standing.ts'

/** With a name that is another one wherever table or calendar are others. */
export type NamedRules = DeadlineRules & { readonly name: string }

export function nameRules(rules: DeadlineRules, calendar: unknown): NamedRules {
  const text = JSON.stringify([rules.table, calendar])
  return { ...rules, name: createHash('sha256').update(text).digest('hex').slice(0, 16) }
}

type Tables = Pick<HoldingTables['bodies'], 'deadlines' | 'calendar'>

const known = new WeakMap<Tables, NamedRules>()

/** The deadlines by these tables; counted out once for each. */
export function rulesOf(tables: Tables): NamedRules {
  const found = known.get(tables)
  if (found !== undefined) return found
  const { deadlines, calendar } = tables
  const rules = nameRules({ table: deadlines, days: createWorkingDays(calendar) }, calendar)
  known.set(tables, rules)
  return rules
}

/** What comes with the product. */
export const shippedRules = rulesOf(shippedBodies)

/** The columns of a case that its deadline, its life and its callers give. */
export function standingRow(record: CaseRecord, rules: NamedRules) {
  const standing = standingDeadline(record, rules)
  const { asked, supervised, rehandled, event, into } = record.life
  const owedBy = owedCallers(record).map(({ takenBy }) => takenBy)
  return {
    callers: countCallers(record),
    event,
    into,
    owedBy,
    asked,
    supervised,
    rehandled,
    address: record.groups.place.address,
    dueBy: rules.name,
    duePhase: standing?.phase ?? null,
    dueRule: standing?.rule ?? null,
    due: standing?.due ?? null,
    amber: standing?.amber ?? null,
    provisional: standing?.provisional ?? false,
  }
}
