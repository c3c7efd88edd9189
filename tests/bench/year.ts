/** A whole year of calls through central's own intake: whether every count comes out, and how it stands beside COPY. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Sql } from 'postgres'
import { openPostgres } from '../../central/db/postgres.ts'
import { createDevices } from '../../central/devices/service.ts'
import { linkToCentral } from '../../central/ledger/central-link.ts'
import { plainFigure, type Figure } from './figures.ts'
import { copyToFile } from './support/floor-copy.ts'
import { onGround, progress, type Ground } from './support/ground.ts'
import { enrolDesk, type ThinDesk } from './support/thin-desk.ts'
import { callsOfYear } from './support/year/calls-of-year.ts'
import { countsFound, countsMeant, replay, settleByHand, type Counts } from './support/year/replay.ts'

/** One part in so many of the year; it divides 100. */
const PART = Number(process.env['SANXIN_BENCH_YEAR_PART'] ?? 1)
/** Sixty operators in four shifts. */
const DESKS = 15
const CALLS_A_STRETCH = 3000
const PATIENCE_MS = 40 * 60_000
const tables = [
  ...['mutations', 'case_events', 'callers', 'cases', 'case_scopes', 'feed', 'call_facts', 'calls'],
  ...['ledger_events', 'ledger'],
]

const clock = { now: () => Date.now() }

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Every row that the year left, out to files and by COPY into tables with the same keys and indexes; rows, and seconds. */
async function copyAll(sql: Sql): Promise<{ rows: number; seconds: number }> {
  const files = new Map<string, string>()
  let rows = 0
  await sql.unsafe('create schema floor')
  for (const table of tables) {
    await sql.unsafe(
      `create table floor.${table} (like public.${table} including indexes including constraints including defaults)`,
    )
    files.set(table, await copyToFile(sql, `select * from public.${table}`, table))
    const [counted] = await sql.unsafe<{ n: string }[]>(`select count(*) as n from public.${table}`)
    rows += Number(counted?.n)
  }
  await sql.unsafe('checkpoint')
  const seconds = await timed(async () => {
    for (const [table, file] of files)
      await pipeline(createReadStream(file), await sql.unsafe(`copy floor.${table} from stdin`).writable())
  })
  return { rows, seconds }
}

function compare(found: Counts, meant: Counts): void {
  const names = [...new Set([...Object.keys(found), ...Object.keys(meant)])]
  const wrong = names.filter((name) => found[name] !== meant[name])
  console.table(Object.fromEntries(names.map((name) => [name, { found: found[name], meant: meant[name] }])))
  if (wrong.length > 0) throw new Error(`not as meant: ${wrong.join(', ')}`)
  progress(`${names.length} counts, each as it was meant`)
}

async function replayYear(ground: Ground, databaseUrl: string): Promise<number> {
  const { url } = await ground.central(databaseUrl)
  const db = openPostgres(databaseUrl, { connections: 2 })
  ground.closing(() => db.close())
  const { credential } = await createDevices(db, clock).addExchange('hall')
  const { tell } = linkToCentral(url, credential)
  const desks: ThinDesk[] = []
  for (let index = 0; index < DESKS; index += 1) desks.push(await enrolDesk(url))
  const year = callsOfYear(
    PART,
    desks.map(({ deskCode }) => deskCode),
    Math.ceil(CALLS_A_STRETCH / Math.max(1, PART / 10)),
  )
  let said = 0
  const seconds = await timed(async () => {
    await replay(year, { desks, tell }, (calls) => {
      const tenth = Math.floor((calls / year.tally.calls) * 10)
      if (tenth === said) return
      said = tenth
      progress(`${calls} calls of ${year.tally.calls}`)
    })
    const left = await settleByHand({ db, clock })
    progress(`all is told; ${left} calls were left for the monitor’s word`)
  })
  compare(await db.tx('owner', countsFound), countsMeant(year.tally))
  return seconds
}

/** `npm run bench -- year`; SANXIN_BENCH_YEAR_PART=10 for a tenth of it. */
export function benchYear(): Promise<Figure[]> {
  const run = async (ground: Ground): Promise<Figure[]> => {
    const databaseUrl = await ground.database('year')
    const seconds = await replayYear(ground, databaseUrl)
    const floor = await copyAll(ground.sql(databaseUrl))
    const figure = plainFigure('rows of a year', 'rows/s', floor.rows / seconds, floor.rows / floor.seconds)
    const note = `${floor.rows} rows in ${seconds.toFixed(0)} s, by COPY in ${floor.seconds.toFixed(0)} s`
    return [{ ...figure, ratio: Number((floor.seconds / seconds).toFixed(4)), note }]
  }
  return onGround(['max_wal_size=4GB'], run, PATIENCE_MS)
}
