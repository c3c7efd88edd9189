/** What an operating command does on the database; what fails there is said in words. */
import type { Db } from '../db/db.ts'
import { wordsOf } from '../db/failure-words.ts'
import { openPostgres } from '../db/postgres.ts'

/**
 * Opens the database for one work and closes it; where the work fails its words go to stderr and `failed` is the exit
 * code.
 */
export async function onDatabase(
  databaseUrl: string,
  work: (db: Db) => Promise<void>,
  failed: number = 1,
): Promise<void> {
  let db: Db | null = null
  try {
    db = openPostgres(databaseUrl, { connections: 1 })
    await work(db)
  } catch (error) {
    const words = wordsOf(error)
    if (words === null) throw error
    process.stderr.write(`${words}\n`)
    process.exitCode = failed
  } finally {
    await db?.close()
  }
}
