/** The search in what this desk holds, for while central cannot be asked: the same question, the same order. */
import { MOST_LINES, SUMMARY_CHARS, type CaseLine, type CaseList, type CaseQuery } from '../../shared/case/case-line.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { answersTerms, CASE_NO, isNumber, searchedText, termsOf } from '../../shared/case/search-words.ts'
import { countCallers, owedCallers } from '../../shared/case/owed.ts'
import { standingDeadline, type DeadlineRules } from '../../shared/case/standing.ts'
import type { Cases, NewestPlace, NumberedCase } from './db/cases.ts'

/** So many cases are read between two other things that the store has to do: 7 ms, 20 at most (10,000 cases in 0.4 s). */
const BATCH = 200

type Found = { readonly one: NumberedCase; readonly due: number | null }

/** Who asks, in which words: the key of the caller's number where they are one. */
type Asker = {
  readonly now: number
  readonly staffNo: string
  readonly phoneKey: string | null
  /** By which a case is due. */
  readonly rules: DeadlineRules
}

/** Whether the words of a question are in a case, as central would have it: who reports something is not found so. */
function wordsHold({ record, phoneKey }: NumberedCase, words: string, asker: Asker): boolean {
  if (asker.phoneKey !== null)
    return phoneKey === asker.phoneKey && (!record.secret || record.openedBy === asker.staffNo)
  if (CASE_NO.test(words)) return record.caseNo.startsWith(words.toUpperCase())
  return answersTerms(searchedText(record.groups), termsOf(words))
}

function dueHolds(
  { due, amber }: Pick<NonNullable<CaseLine['deadline']>, 'due' | 'amber'>,
  wanted: string,
  now: number,
) {
  if (wanted === 'red') return due !== null && due <= now
  return due !== null && due > now && amber !== null && amber <= now
}

const gaveBack = ({ events, record }: NumberedCase) =>
  record.state === 'toDispatch' && events.some((event) => event.type === 'caseStepped' && event.step.type === 'return')

/** There is somebody whom she is to call, or all were called and it is to be settled. */
function isToVisit(record: CaseRecord, staffNo: string): boolean {
  const owed = owedCallers(record)
  return owed.length === 0 ? record.state === 'answered' : owed.some(({ takenBy }) => takenBy !== staffNo)
}

function holds(one: NumberedCase, query: CaseQuery, asker: Asker): boolean {
  const { record } = one
  const { states, kinds, unit, openedBy, notOpenedBy, openedFrom, openedTo, due, asked, returned, words, visitsFor } =
    query
  const kind = record.groups.classification.kind
  if (states !== undefined && !states.includes(record.state)) return false
  if (kinds !== undefined && (kind === null || !kinds.includes(kind))) return false
  if (unit !== undefined && record.life.unit !== unit) return false
  if (openedBy !== undefined && record.openedBy !== openedBy) return false
  if (notOpenedBy !== undefined && record.openedBy === notOpenedBy) return false
  if (openedFrom !== undefined && record.openedAt < openedFrom) return false
  if (openedTo !== undefined && record.openedAt >= openedTo) return false
  if (asked === true && record.life.asked === null) return false
  if (returned === true && !gaveBack(one)) return false
  if (visitsFor !== undefined && !isToVisit(record, visitsFor)) return false
  if (due !== undefined) {
    const deadline = standingDeadline(record, asker.rules)
    if (deadline === null || !dueHolds(deadline, due, asker.now)) return false
  }
  return words === undefined || wordsHold(one, words, asker)
}

/** A case of this desk as a line of a list, as central would have it. */
export function lineOf(record: CaseRecord, rules: DeadlineRules): CaseLine {
  const { caseId, caseNo, state, openedAt, openedBy, life, groups } = record
  const { kind, code } = groups.classification
  const deadline = standingDeadline(record, rules)
  return {
    ...{ caseId, caseNo, state, kind, code, openedAt, openedBy },
    district: groups.place.district,
    address: groups.place.address,
    summary: [...groups.content.text].slice(0, SUMMARY_CHARS).join(''),
    unit: life.unit,
    others: [...life.others],
    deadline,
    asked: life.asked,
    supervised: life.supervised,
    rehandled: life.rehandled,
    callers: countCallers(record),
    owed: owedCallers(record).length,
    event: life.event,
  }
}

/** In the order of what is due; what has no day comes last. */
const byDue = (a: Found, b: Found) =>
  (a.due ?? Infinity) - (b.due ?? Infinity) || (a.one.record.caseNo < b.one.record.caseNo ? -1 : 1)

/** `rules` are the deadlines that hold; `turn` lets the store do something else. */
export function createCaseFinder(
  cases: Pick<Cases, 'newestAfter' | 'keyOf'>,
  rules: () => DeadlineRules,
  turn: () => Promise<unknown>,
) {
  /** The cases that answer, the newest first, read in batches. */
  async function* matching(query: CaseQuery, asker: Asker): AsyncGenerator<NumberedCase> {
    const { after, order } = query
    // From its moment on, not from the place itself: several cases may be of one moment.
    const from = order === 'newest' ? (after?.key ?? null) : null
    let place: NewestPlace | null = from === null ? null : { openedAt: from + 1, caseId: '' }
    for (;;) {
      const batch = cases.newestAfter(place, BATCH)
      for (const one of batch) if (holds(one, query, asker)) yield one
      const last = batch.at(-1)?.record
      if (last === undefined || batch.length < BATCH) return
      place = last
      await turn()
    }
  }

  const isAfter = ({ openedAt, caseNo }: CaseRecord, { after }: CaseQuery) =>
    after === null || after.key === null || openedAt < after.key || (openedAt === after.key && caseNo < after.caseNo)

  async function newest(query: CaseQuery, asker: Asker): Promise<Found[]> {
    const found: Found[] = []
    for await (const one of matching(query, asker)) {
      // Cases of one moment stand by their ids here, and by their numbers at central: all of it are gathered.
      if (found.length > query.limit && one.record.openedAt !== found.at(-1)?.one.record.openedAt) break
      if (isAfter(one.record, query)) found.push({ one, due: null })
    }
    return found.toSorted(
      ({ one: { record: a } }, { one: { record: b } }) => b.openedAt - a.openedAt || (a.caseNo < b.caseNo ? 1 : -1),
    )
  }

  async function dueFirst(query: CaseQuery, asker: Asker): Promise<Found[]> {
    const found: Found[] = []
    for await (const one of matching(query, asker))
      found.push({ one, due: standingDeadline(one.record, asker.rules)?.due ?? null })
    const { after } = query
    const sorted = found.toSorted(byDue)
    if (after === null) return sorted
    const key = after.key ?? Infinity
    return sorted.filter(
      ({ one, due }) => (due ?? Infinity) > key || ((due ?? Infinity) === key && one.record.caseNo > after.caseNo),
    )
  }

  /** A page of this desk's own cases; `now` in ms of central's clock, `staffNo` is who asks. */
  return async (query: CaseQuery, now: number, staffNo: string): Promise<CaseList> => {
    const { words } = query
    const phoneKey = words !== undefined && isNumber(words) ? cases.keyOf(words) : null
    const asker = { now, staffNo, phoneKey, rules: rules() }
    const found = query.order === 'newest' ? await newest(query, asker) : await dueFirst(query, asker)
    const limit = Math.min(query.limit, MOST_LINES)
    const page = found.slice(0, limit)
    const last = found.length > limit ? page.at(-1) : undefined
    const key = last && (query.order === 'newest' ? last.one.record.openedAt : last.due)
    return {
      cases: page.map(({ one }) => lineOf(one.record, asker.rules)),
      next: last === undefined ? null : { key: key ?? null, caseNo: last.one.record.caseNo },
      complete: true,
    }
  }
}
