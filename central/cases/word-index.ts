/**
 * The index of the words of cases. It follows the feed by position, in turns of its own, so whoever opens a case does
 * not wait for it; who searches waits for one turn, which is all there is to do but after an upgrade.
 */
import { foldText } from '../../shared/kb/grams.ts'
import { searchedText } from '../../shared/case/search-words.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { Db, Tx } from '../db/db.ts'
import { inPieces } from '../db/sql.ts'
import { textHashes } from './word-hashes.ts'
import { selectEventsOf } from './sql.ts'

/** Rows of the feed a turn. */
const TURN_ROWS = 500
/**
 * In ms: it waits for a moment in which nothing was committed, but no longer than this, so that what many desks send at
 * once after an outage is taken first and indexed afterwards.
 */
const QUIET_MS = 1_000
const PATIENCE_MS = 5_000

export type WordIndex = {
  /** Takes one turn; whether the index then stands where the feed does. */
  turn(): Promise<boolean>
  /** From now on it follows the feed by itself. */
  start(): void
  /** The feed may have gone on: it follows once that has become quiet, or after a while. */
  follow(): void
  close(): Promise<void>
}

export function wordsOf({ caseId, groups }: CaseRecord) {
  const text = searchedText(groups)
  return { caseId, folded: foldText(text), tokens: textHashes(text) }
}

function upsertWords(sql: Tx, records: readonly CaseRecord[]): Promise<void> {
  return inPieces(records, (piece) =>
    sql.query(
      `insert into case_words (case_id, folded, tokens)
       select "caseId", folded, tokens
       from json_to_recordset($1::text::json) as fresh("caseId" uuid, folded text, tokens integer[])
       on conflict (case_id) do update set folded = excluded.folded, tokens = excluded.tokens`,
      [JSON.stringify(piece.map(wordsOf))],
    ),
  )
}

async function takeTurn(sql: Tx): Promise<boolean> {
  // Nearly always there is nothing to do, and who searches waits for nobody.
  const isBehind = await sql.query('select from feed where seq > (select seq from case_words_head) limit 1')
  if (isBehind.length === 0) return true
  // The row is the lock: of several nodes one goes on, and the others then see how far.
  const [head] = await sql.query<{ seq: number }>('select seq from case_words_head for update')
  const from = head?.seq ?? 0
  const rows = await sql.query<{ seq: number; caseId: string | null }>(
    `select seq, case when kind = 'case' then ref::uuid end as "caseId" from feed
     where seq > $1::bigint order by seq limit ${TURN_ROWS}`,
    [from],
  )
  const last = rows.at(-1)
  if (last === undefined) return true
  const caseIds = [...new Set(rows.flatMap(({ caseId }) => caseId ?? []))]
  const events = await selectEventsOf(sql, caseIds)
  const records = caseIds.flatMap((caseId) => foldCase(null, caseId, events.get(caseId) ?? []) ?? [])
  await upsertWords(sql, records)
  await sql.query('update case_words_head set seq = $1::bigint', [last.seq])
  return rows.length < TURN_ROWS
}

export function createWordIndex(db: Db, log: Log): WordIndex {
  const life = { started: false, closed: false }
  let running: Promise<void> | null = null
  let quiet: NodeJS.Timeout | undefined
  let patience: NodeJS.Timeout | undefined
  const turn = () => db.tx('sanxin_find', takeTurn)

  async function run(): Promise<void> {
    try {
      let level = false
      while (!level && !life.closed) level = await turn()
    } catch (error) {
      log('wordIndexFailed', faultOf(error))
    }
  }

  /** One run at a time; what comes while one ends is taken by the next, or by who searches. */
  function begin(): void {
    clearTimeout(quiet)
    clearTimeout(patience)
    patience = undefined
    if (life.started && !life.closed) running ??= run().finally(() => (running = null))
  }

  function follow(): void {
    if (!life.started || life.closed || running !== null) return
    clearTimeout(quiet)
    quiet = setTimeout(begin, QUIET_MS)
    patience ??= setTimeout(begin, PATIENCE_MS)
  }

  return {
    turn,
    start() {
      life.started = true
      begin()
    },
    follow,
    async close() {
      life.closed = true
      clearTimeout(quiet)
      clearTimeout(patience)
      await running
    },
  }
}
