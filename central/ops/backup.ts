/**
 * Backs central up: `node central/ops/backup.ts FILE` writes the database of SANXIN_CENTRAL_DATABASE_URL as it
 * stands at one moment, while the nodes go on, and records it there: the desks keep what came after the oldest one
 * that may be gone back to. Exit code 0 only when the file is whole.
 */
import { renameSync, rmSync } from 'node:fs'
import { openPostgres } from '../db/postgres.ts'
import { atPrimary } from './database-url.ts'
import { deleteBackup, insertBackup, markWhole } from './sql.ts'
import { runTool } from './tools.ts'

/** Writes a backup beside the file first: a file of that name is a whole one. */
export async function backUp(databaseUrl: string, file: string): Promise<void> {
  const part = `${file}.part`
  const db = openPostgres(databaseUrl, { connections: 1 })
  try {
    // Before the dump begins, on the same primary: so it is in the dump, and no later than what the dump has.
    const at = await db.tx('owner', insertBackup)
    try {
      await runTool('pg_dump', ['--format=custom', '--file', part, '--dbname', atPrimary(databaseUrl)])
      renameSync(part, file)
      await db.tx('owner', (sql) => markWhole(sql, at))
    } catch (error) {
      await db.tx('owner', (sql) => deleteBackup(sql, at))
      throw error
    }
  } finally {
    await db.close()
    rmSync(part, { force: true })
  }
}

if (import.meta.main) {
  const { databaseUrl, file } = (await import('./arguments.ts')).readArguments('backup')
  await backUp(databaseUrl, file)
  process.stdout.write(`${JSON.stringify({ event: 'backedUp', file })}\n`)
}
