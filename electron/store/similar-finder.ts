/** What of this desk's own cases is like the one being written, for while central cannot be asked: by the same score. */
import type { CaseRecord } from '../../shared/case/case-record.ts'
import {
  CANDIDATE_CHARS,
  rankSimilar,
  SIMILAR_MS,
  similarStates,
  type Candidate,
  type SimilarCase,
  type SimilarQuery,
} from '../../shared/case/similar.ts'
import type { DeadlineRules } from '../../shared/case/standing.ts'
import { lineOf } from './case-finder.ts'
import type { Cases, NewestPlace } from './db/cases.ts'

/** So many are read between two other things that the store has to do. */
const BATCH = 200
/** So many are looked at, the newest, as central does: ranking them is one piece of work, and a save waits behind it. */
const MOST_OPEN = 200

function candidateOf({ caseId, openedAt, groups, life }: CaseRecord): Candidate {
  const { classification, place, content } = groups
  const { district, address } = place
  return {
    ...{ caseId, openedAt, code: classification.code, district, address },
    ...{ text: content.text.slice(0, CANDIDATE_CHARS), isEvent: life.event !== null },
  }
}

/** `rules` are the deadlines that hold; `turn` lets the store do something else. */
export function createSimilarFinder(
  cases: Pick<Cases, 'newestAfter'>,
  rules: () => DeadlineRules,
  turn: () => Promise<unknown>,
) {
  /** The open cases of this desk since a time, but none of another district, by id. */
  async function openSince(since: number, district: string | null): Promise<Map<string, CaseRecord>> {
    const open = new Map<string, CaseRecord>()
    let place: NewestPlace | null = null
    for (;;) {
      const batch = cases.newestAfter(place, BATCH)
      for (const { record } of batch) {
        const where = record.groups.place.district
        const isElsewhere = district !== null && where !== null && where !== district
        if (record.openedAt >= since && similarStates.includes(record.state) && !isElsewhere && open.size < MOST_OPEN)
          open.set(record.caseId, record)
      }
      const last = batch.at(-1)?.record
      if (last === undefined || batch.length < BATCH || last.openedAt < since || open.size === MOST_OPEN) return open
      place = last
      await turn()
    }
  }

  /** `now` in ms of central's clock. */
  return async (query: SimilarQuery, now: number): Promise<SimilarCase[]> => {
    const open = await openSince(now - SIMILAR_MS, query.district)
    return rankSimilar(query, [...open.values()].map(candidateOf)).flatMap(({ caseId, score }) => {
      const record = open.get(caseId)
      return record === undefined ? [] : [{ ...lineOf(record, rules()), score }]
    })
  }
}
