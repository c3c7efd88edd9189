/** Lists of cases, searched by words and filtered; what of them is whose says row-level security. */
import {
  caseLineSchema,
  type CaseCounts,
  type CaseLine,
  type CaseList,
  type CaseQuery,
} from '../../shared/case/case-line.ts'
import { isNumber } from '../../shared/case/search-words.ts'
import { may } from '../../shared/people/roles.ts'
import { numberKey } from '../../shared/phone-number.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { selectCounts, selectFound, selectLines, type LineRow } from './find-sql.ts'
import type { CaseDeps, Reader } from './service.ts'
import type { WordIndex } from './word-index.ts'

async function phoneKeyOf(sql: Tx, words: string | undefined, reader: Reader): Promise<string | null> {
  if (words === undefined || !may(reader.role, 'callers.whole') || !isNumber(words)) return null
  return numberKey(words, (await selectNumberPlan(sql)).areaCode)
}

/** A line as it is answered. */
export function toLine({ phase, rule, due, amber, provisional, ...row }: LineRow): CaseLine {
  const deadline = phase === null ? null : { phase, rule, due, amber, provisional }
  return caseLineSchema.parse({ ...row, deadline })
}

/**
 * The cases that answer a query, a page of them. `complete` is false while words of older cases are still being
 * indexed. Who looked for what kind of thing is recorded, but not the words.
 */
export async function findCases(deps: CaseDeps, index: WordIndex, query: CaseQuery, reader: Reader): Promise<CaseList> {
  const { db, clock } = deps
  const now = clock.now()
  const complete = query.words === undefined || (await index.turn())
  const onlyUnit = reader.role === 'unitMember' ? (reader.unit ?? '') : null
  const reportsOf = may(reader.role, 'reporters.read') ? null : reader.staffNo
  const { found, phoneKey } = await db.tx('sanxin_find', async (sql) => {
    const key = await phoneKeyOf(sql, query.words, reader)
    return { phoneKey: key, found: await selectFound(sql, query, { now, onlyUnit, reportsOf, phoneKey: key }) }
  })
  const page = found.slice(0, query.limit)
  const rows = await db.tx(
    'sanxin_reader',
    async (sql) => {
      const lines = await selectLines(
        sql,
        page.map(({ caseId }) => caseId),
      )
      if (query.words === undefined) return lines
      const { staffNo: actor, storeId: place } = reader
      const about = phoneKey === null ? {} : { phoneKey }
      await appendAudit(sql, {
        ...{ at: now, actor, place, action: 'cases.found', ...about },
        detail: { found: lines.length },
      })
      return lines
    },
    reader,
  )
  const byId = new Map(rows.map((row) => [row.caseId, row]))
  const last = found.length > query.limit ? page.at(-1) : undefined
  return {
    cases: page.flatMap(({ caseId }) => byId.get(caseId) ?? []).map(toLine),
    next: last === undefined ? null : { key: last.key, caseNo: last.caseNo },
    complete,
  }
}

/** How many of the reader's cases stand where something is owed. */
export async function countCases({ db, clock }: CaseDeps, reader: Reader): Promise<CaseCounts> {
  return { states: await db.tx('sanxin_reader', (sql) => selectCounts(sql, clock.now(), reader.staffNo), reader) }
}
