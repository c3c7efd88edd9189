import type { CaseQuery } from '../../../shared/case/case-line.ts'
import type { CaseFilter } from '../../../shared/case/saved-filter.ts'
import { dayBegins, dayOfIso } from '../../../shared/china-day.ts'

/** The question that a filter asks; `staffNo` is who asks. What is due is asked for with the nearest first. */
export function queryOf(filter: CaseFilter, staffNo: string): CaseQuery {
  const { words, state, kind, unit, due, mine, fromDay, toDay } = filter
  const wanted = words.trim()
  return {
    ...(wanted === '' ? {} : { words: wanted }),
    ...(state === null ? {} : { states: [state] }),
    ...(kind === null ? {} : { kinds: [kind] }),
    ...(unit === null ? {} : { unit }),
    ...(due === null ? {} : { due }),
    ...(mine ? { openedBy: staffNo } : {}),
    ...(fromDay === null ? {} : { openedFrom: dayBegins(dayOfIso(fromDay)) }),
    ...(toDay === null ? {} : { openedTo: dayBegins(dayOfIso(toDay) + 1) }),
    order: due === null ? 'newest' : 'due',
    after: null,
    limit: 50,
  }
}
