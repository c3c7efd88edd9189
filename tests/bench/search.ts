/** How long central looks for words in all cases, against a scan of the same table on the same server. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from 'postgres'
import { uuidv7 } from 'uuidv7'
import { findCases } from '../../central/cases/find.ts'
import { createWordIndex } from '../../central/cases/word-index.ts'
import { textHashes } from '../../central/cases/word-hashes.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { createRuleBook } from '../../central/tables/rule-book.ts'
import { caseNumber } from '../../shared/case/case-number.ts'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { foldText } from '../../shared/kb/grams.ts'
import { must } from '../../shared/errors.ts'
import { median, percentile, plainFigure, type Figure } from './figures.ts'
import { onGround, progress } from './support/ground.ts'
import { caseTexts } from './support/texts.ts'

const CASES = Number(process.env['SANXIN_BENCH_CASES'] ?? 1_000_000)
const LOOKS = 300
const SCANS = 12
/** One a second, up to now. */
const EVERY_MS = 1000
const reader = { staffNo: '1010', role: 'monitor', storeId: null, unit: null } as const

const textOf = (index: number) => {
  const { content, address } = caseTexts(index)
  return { content, address, id: uuidv7() }
}
const cell = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', ' ')

/** The rows of one of the tables, as COPY takes them. */
function* rowsOf(table: 'cases' | 'case_words', ids: readonly string[], since: number) {
  for (const [index, id] of ids.entries()) {
    const { content, address } = textOf(index)
    const at = since + index * EVERY_MS
    yield table === 'cases'
      ? `${[id, caseNumber(at, 'A1', index), 'settled', 'help', '0101', '蓬江区', cell(content), id, at, '1001', 2, 1000, cell(address), 'x'].join('\t')}\n`
      : `${id}\t${cell(foldText(`${content}\n${address}`))}\t{${textHashes(`${content}\n${address}`).join(',')}}\n`
  }
}

const columns = {
  cases:
    'case_id, case_no, state, kind, classification, district, content, caller_id, opened_at, opened_by, revision, bytes, address, due_by',
  case_words: 'case_id, folded, tokens',
}

async function fill(sql: Sql): Promise<void> {
  const since = Date.now() - CASES * EVERY_MS
  const ids = Array.from({ length: CASES }, () => uuidv7())
  await sql.unsafe('drop index case_words_tokens')
  for (const table of ['cases', 'case_words'] as const) {
    const into = await sql.unsafe(`copy ${table} (${columns[table]}) from stdin`).writable()
    await pipeline(Readable.from(rowsOf(table, ids, since)), into)
    progress(`${CASES} rows of ${table}`)
  }
  await sql.unsafe('create index case_words_tokens on case_words using gin (tokens)')
  await sql.unsafe('vacuum analyze cases, case_words')
  const [size] = await sql.unsafe<{ words: string; index: string; cases: string }[]>(
    `select pg_size_pretty(pg_table_size('case_words')) as words, pg_size_pretty(pg_relation_size('case_words_tokens')) as index,
            pg_size_pretty(pg_table_size('cases')) as cases`,
  )
  progress(`indexed: ${JSON.stringify(size)}`)
}

/** What somebody may look for: two to five characters in a row, out of a case. */
function wordsOf(look: number): string {
  const { content } = textOf((look * 7919) % CASES)
  const runs = content.match(/\p{Script=Han}{2,}/gu) ?? ['市民']
  const run = must(runs[look % runs.length], 'a run')
  const length = 2 + (look % 4)
  const from = look % Math.max(1, run.length - length)
  return run.slice(from, from + length)
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}

/** `npm run bench -- search`; SANXIN_BENCH_CASES for another number of cases. */
export async function benchSearch(): Promise<Figure[]> {
  return onGround(['shared_buffers=1GB', 'maintenance_work_mem=512MB', 'fsync=off'], async (ground) => {
    const url = await ground.database('search')
    const sql = ground.sql(url)
    await fill(sql)
    const db = openPostgres(url, { connections: 2 })
    ground.closing(() => db.close())
    const deps = { db, clock: { now: () => Date.now() }, tables: createRuleBook(() => undefined) }
    const index = createWordIndex(db, () => undefined)
    const look = (words: string) => timed(() => findCases(deps, index, caseQuerySchema.parse({ words }), reader))
    const scan = (words: string) =>
      timed(() =>
        sql.unsafe(
          `select case_id from cases where content like $1 or address like $1 order by opened_at desc limit 51`,
          [`%${words}%`],
        ),
      )
    for (let one = 0; one < 20; one += 1) await look(wordsOf(one + 5000))
    const looks: { ms: number; words: string; found: number }[] = []
    for (let one = 0; one < LOOKS; one += 1) {
      const words = wordsOf(one)
      const { ms, value } = await look(words)
      looks.push({ ms, words, found: value.cases.length })
    }
    const slowest = looks.toSorted((a, b) => b.ms - a.ms).slice(0, 5)
    progress(`slowest: ${slowest.map(({ ms, words, found }) => `${words} ${ms.toFixed(0)} ms (${found})`).join(', ')}`)
    const scans: number[] = []
    for (let one = 0; one < SCANS; one += 1) {
      const words = wordsOf(one * 25)
      const { ms, value } = await scan(words)
      scans.push(ms)
      const { value: found } = await look(words)
      if (found.cases.length !== Math.min(50, value.length)) throw new Error(`${words}: not what a scan finds`)
    }
    const times = looks.map(({ ms }) => ms)
    return [
      {
        ...plainFigure(`words in ${CASES} cases, p50`, 'ms', median(times), median(scans)),
        note: 'baseline: a scan, p50',
      },
      {
        ...plainFigure(`words in ${CASES} cases, p99`, 'ms', percentile(times, 0.99), percentile(scans, 0.99)),
        note: 'baseline: a scan, p99',
      },
    ]
  })
}
