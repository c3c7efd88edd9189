import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { applyCaseEvent } from '../../shared/case/decide.ts'
import { sorted } from './sorted.ts'

/** An event as it stands at central, and the mutation that led to it. */
type Row = { readonly mutationId: string; readonly event: CaseEvent }

/** How a case stood after each of these events. */
function stages(caseId: string, events: readonly CaseEvent[]): CaseRecord[] {
  let record: CaseRecord | null = null
  return events.map((event) => (record = applyCaseEvent(record, caseId, event)))
}

const textOf = (value: unknown) => JSON.stringify(sorted(value))

/** The edits that took the place of words which their author had never seen; `seen` is what each had, by its mutation. */
export function coveredUnseen(
  eventsOf: ReadonlyMap<string, readonly Row[]>,
  seen: ReadonlyMap<string, readonly CaseEvent[]>,
): string[] {
  const covered: string[] = []
  for (const [caseId, rows] of eventsOf) {
    const stood = stages(
      caseId,
      rows.map(({ event }) => event),
    )
    for (const [index, { event, mutationId }] of rows.entries()) {
      const shown = seen.get(mutationId)
      const before = stood[index - 1]
      if (shown === undefined || before === undefined || event.type !== 'groupEdited') continue
      const { group } = event.edit
      const was = textOf(before.groups[group])
      if (!stages(caseId, shown).some(({ groups }) => textOf(groups[group]) === was))
        covered.push(`${group} ${was.slice(0, 60)} of ${before.caseNo}, by ${mutationId}`)
    }
  }
  return covered
}
