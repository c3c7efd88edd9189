/** The floor under a pull: the same rows carried by PostgreSQL's own logical replication into a plain reader. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { BIN } from '../../contract/postgres-server.ts'

export type Replicated = {
  /** Carries all rows once; answers the ms from the start of the stream to its last row. */
  carry(): Promise<number>
  drop(): Promise<void>
}

const NEWLINE = 10

function linesIn(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}

/** Drops a slot once the server has noticed that its reader is gone. */
async function dropSlot(sql: Sql, slot: string): Promise<void> {
  for (;;) {
    const rows = await sql`select pg_drop_replication_slot(slot_name) from pg_replication_slots
      where slot_name = ${slot} and not active`
    if (rows.count > 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/**
 * Writes the rows of `source` once more, into `replicated.TABLE`, in transactions of at most `size` rows by the order
 * of `key`, behind a slot that begins before them.
 */
export async function replicate(
  sql: Sql,
  databaseUrl: string,
  sources: readonly { readonly table: string; readonly key: string }[],
  size: number,
): Promise<Replicated> {
  const slot = `bench_${sources.map(({ table }) => table).join('_')}`
  await sql`create schema if not exists replicated`
  for (const { table } of sources) await sql.unsafe(`create table replicated.${table} (like public.${table})`)
  await sql`select pg_create_logical_replication_slot(${slot}, 'test_decoding')`
  let lines = 0
  for (const { table, key } of sources) {
    for (let offset = 0; ; offset += size) {
      const { count } = await sql.unsafe(
        `insert into replicated.${table} select * from public.${table} order by ${key} limit ${size} offset ${offset}`,
      )
      // A line for each row, and one each for the begin and the end of a transaction that has any.
      if (count > 0) lines += count + 2
      if (count < size) break
    }
  }
  let times = 0

  async function carry(): Promise<number> {
    times += 1
    const own = `${slot}_${times}`
    await sql`select pg_copy_logical_replication_slot(${slot}, ${own})`
    const args = ['-d', databaseUrl, '--slot', own, '--start', '-f', '-', '-v', '--no-loop']
    const child = spawn(join(BIN, 'pg_recvlogical'), args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const gone = new Promise((resolve) => child.once('close', resolve))
    try {
      return await new Promise<number>((resolve, reject) => {
        let startedAt = Number.NaN
        let seen = 0
        let said = ''
        child.stderr.on('data', (text: Buffer) => {
          said += text.toString()
          if (Number.isNaN(startedAt) && said.includes('starting log streaming')) startedAt = performance.now()
        })
        child.stdout.on('data', (chunk: Buffer) => {
          seen += linesIn(chunk)
          if (seen >= lines) resolve(performance.now() - startedAt)
        })
        child.once('error', reject)
        child.once('exit', (code) => reject(new Error(`pg_recvlogical ended (${code}) at ${seen}/${lines}: ${said}`)))
      })
    } finally {
      child.kill('SIGINT')
      await gone
      await dropSlot(sql, own)
    }
  }

  return {
    carry,
    drop: async () => {
      await dropSlot(sql, slot)
      await sql.unsafe(`drop schema replicated cascade`)
    },
  }
}
