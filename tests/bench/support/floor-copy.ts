/** The floor under what central takes in: the rows that it made of it, by COPY into tables like its own. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from 'postgres'
import { must } from '../../../shared/errors.ts'
import type { Mutation } from '../../../shared/sync/protocol.ts'
import { pieces } from './mutations.ts'

/** Central's tables, and how a row of each is known to come of one of the mutations in `$ids`. */
const tables = {
  mutations: 'id in ($ids)',
  case_events: 'mutation_id in ($ids)',
  callers: 'mutation_id in ($ids)',
  cases: 'case_id in (select case_id from case_events where revision = 1 and mutation_id in ($ids))',
  case_scopes: 'case_id in (select case_id from case_events where revision = 1 and mutation_id in ($ids))',
  feed: `ref in (select case_id::text from mutations where id in ($ids) and kind <> 'case.open')`,
  call_facts: 'mutation_id in ($ids)',
  calls: `call_id in (select call_id from call_facts where kind = 'offered' and mutation_id in ($ids))`,
} as const

type Part = { readonly table: string; readonly rows: Buffer }
/** The rows of one batch, table by table, as COPY writes them. */
export type CopyBatch = readonly Part[]

/** The columns of central's tables alone, or also the keys, checks and indexes without which central could not find them. */
export type FloorKind = 'bare' | 'indexed'

/** Makes the floor's tables. */
export async function createFloor(sql: Sql, kind: FloorKind = 'bare'): Promise<void> {
  await sql.unsafe(`create schema floor_${kind}`)
  const like = kind === 'bare' ? '' : 'including indexes including constraints including defaults'
  for (const table of Object.keys(tables))
    await sql.unsafe(`create table floor_${kind}.${table} (like public.${table} ${like})`)
}

/**
 * Writes the rows that a query finds as COPY does; answers the file, beside the database, by the name of `name`. Not over
 * the wire, for what is read from a COPY there may leave its connection paused for good: where the last rows and the end
 * come in one piece (postgres 3.4).
 */
export async function copyToFile(sql: Sql, query: string, name: string): Promise<string> {
  const [place] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
  const file = join(must(place ?? null, 'a data directory').folder, `${name}.copy`)
  await sql.unsafe(`copy (${query}) to '${file}'`)
  return file
}

/** Takes what central stores of these mutations out of it, `size` mutations a batch. */
export async function takeOut(sql: Sql, mutations: readonly Mutation[], size: number): Promise<CopyBatch[]> {
  const batches: CopyBatch[] = []
  for (const batch of pieces(mutations, size)) {
    const ids = batch.map(({ id }) => `'${id}'`).join(',')
    const parts: Part[] = []
    for (const [table, which] of Object.entries(tables)) {
      const found = `select * from public.${table} where ${which.replaceAll('$ids', ids)}`
      const rows = await readFile(await copyToFile(sql, found, 'floor'))
      if (rows.length > 0) parts.push({ table, rows })
    }
    batches.push(parts)
  }
  return batches
}

/** COPYs one batch in one transaction. */
export async function copyIn(sql: Sql, batch: CopyBatch, kind: FloorKind = 'bare'): Promise<void> {
  await sql.begin(async (tx) => {
    for (const { table, rows } of batch) {
      await pipeline(Readable.from([rows]), await tx.unsafe(`copy floor_${kind}.${table} from stdin`).writable())
    }
  })
}

export async function emptyFloor(sql: Sql, kind: FloorKind = 'bare'): Promise<void> {
  for (const table of Object.keys(tables)) await sql.unsafe(`truncate floor_${kind}.${table}`)
}
