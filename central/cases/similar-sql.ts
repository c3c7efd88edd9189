import { CANDIDATE_CHARS, similarStates, type Candidate, type SimilarQuery } from '../../shared/case/similar.ts'
import type { Tx } from '../db/db.ts'
import { textHashes } from './word-hashes.ts'

/** How many candidates are looked at, of each way to one. */
const OF_EVENTS = 20
const OF_CLASS = 60
const OF_DISTRICT = 60
const OF_ADDRESS = 60

const open = `c.state in (${similarStates.map((state) => `'${state}'`).join(', ')}) and c.opened_at >= $1::bigint`

/**
 * Role sanxin_find: open cases near a place that were opened since then, the newest of each kind: events, those of the
 * class, those of the district, those with the very address. A place that is not said is not looked for.
 */
export function selectNear(sql: Tx, { code, district, address }: SimilarQuery, since: number): Promise<Candidate[]> {
  const newest = (where: string, limit: number, from = 'cases c') =>
    `(select c.case_id from ${from} where ${open} and ${where} order by c.opened_at desc limit ${limit})`
  const hashes = textHashes(address)
  const ways = [
    newest(`c.event is not null and (c.district = $2::text or c.district is null or $2::text is null)`, OF_EVENTS),
    newest(`c.district = $2::text and c.classification = $3::text`, OF_CLASS),
    newest(`c.district = $2::text`, OF_DISTRICT),
    newest(
      `w.tokens @> $4::int4[] and cardinality($4::int4[]) > 0`,
      OF_ADDRESS,
      'case_words w join cases c using (case_id)',
    ),
  ]
  return sql.query<Candidate>(
    `select case_id as "caseId", classification as code, district, address, left(content, ${CANDIDATE_CHARS}) as text,
            event is not null as "isEvent", opened_at as "openedAt"
     from cases where case_id in (${ways.join(' union ')})`,
    [since, district, code, `{${hashes.join(',')}}`],
  )
}
