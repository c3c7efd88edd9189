/**
 * Backs central up: `node central/ops/backup.ts FILE` writes the database of SANXIN_CENTRAL_DATABASE_URL as it
 * stands at one moment, while the nodes go on, and records it there: the desks keep what came after the oldest one
 * that may be gone back to. FILE must not be there yet. Exit codes: 0 the file is whole and on the disk, 1 failed (no
 * file), 2 wrong arguments.
 */
import type { Writable } from 'node:stream'
import { withoutStale } from '../db/lookout.ts'
import { openPostgres } from '../db/postgres.ts'
import { writeBackupFile } from './backup-file.ts'
import { deleteBackup, insertBackup, markWhole } from './sql.ts'
import { runTool } from './tools.ts'

export type BackupOptions = { readonly stop?: AbortSignal; readonly wrote?: (bytes: number) => void }

/** Writes a backup to `file`; answers its bytes. `stop` ends it, and then there is no file; `wrote` hears of the bytes so far. */
export async function backUp(named: string, file: string, options: BackupOptions = {}): Promise<number> {
  const { stop, wrote } = options
  const databaseUrl = await withoutStale(named)
  const db = openPostgres(databaseUrl, { connections: 1 })
  try {
    // Before the dump begins, on the same primary: so it is in the dump, and no later than what the dump has.
    const at = await db.tx('owner', insertBackup)
    const dump = (into: Writable) => runTool('pg_dump', ['--format=custom'], { databaseUrl, flow: { into }, stop })
    try {
      const bytes = await writeBackupFile(file, dump, wrote)
      await db.tx('owner', (sql) => markWhole(sql, at))
      return bytes
    } catch (error) {
      // Unmarked, its row promises nothing: that it stays is no news beside what failed.
      await db.tx('owner', (sql) => deleteBackup(sql, at)).catch(() => undefined)
      throw error
    }
  } finally {
    await db.close()
  }
}

if (import.meta.main) {
  const { readArguments, runCommand, sayEvery, whenStopped } = await import('./command.ts')
  const { databaseUrl, file } = readArguments('backup')
  const stop = whenStopped()
  const work = async () => {
    const bytes = await backUp(databaseUrl, file, { stop, wrote: sayEvery('backingUp') })
    return { event: 'backedUp', file, bytes }
  }
  await runCommand(work, stop)
}
