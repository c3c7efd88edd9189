/** Open cases like the one that is being written, for the operator who writes it; ids are found, and read as she may (R9.12). */
import { rankSimilar, SIMILAR_MS, type SimilarCase, type SimilarQuery } from '../../shared/case/similar.ts'
import { toLine } from './find.ts'
import { selectLines } from './find-sql.ts'
import type { CaseDeps, Reader } from './service.ts'
import { selectNear } from './similar-sql.ts'
import type { WordIndex } from './word-index.ts'

export async function similarCases(
  { db, clock }: CaseDeps,
  index: WordIndex,
  query: SimilarQuery,
  reader: Reader,
): Promise<SimilarCase[]> {
  await index.turn()
  const since = clock.now() - SIMILAR_MS
  const ranked = rankSimilar(query, await db.tx('sanxin_find', (sql) => selectNear(sql, query, since)))
  if (ranked.length === 0) return []
  const rows = await db.tx(
    'sanxin_reader',
    (sql) =>
      selectLines(
        sql,
        ranked.map(({ caseId }) => caseId),
      ),
    reader,
  )
  const byId = new Map(rows.map((row) => [row.caseId, row]))
  return ranked.flatMap(({ caseId, score }) => {
    const row = byId.get(caseId)
    return row === undefined ? [] : [{ ...toLine(row), score }]
  })
}
