/**
 * Backs central up: `node central/ops/backup.ts FILE` writes the database of SANXIN_CENTRAL_DATABASE_URL as it
 * stands at one moment, while the nodes go on. Exit code 0 only when the file is whole.
 */
import { renameSync, rmSync } from 'node:fs'
import { runTool } from './tools.ts'

/** Writes a backup beside the file first: a file of that name is a whole one. */
export async function backUp(databaseUrl: string, file: string): Promise<void> {
  const part = `${file}.part`
  try {
    await runTool('pg_dump', ['--format=custom', '--file', part, '--dbname', databaseUrl])
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

if (import.meta.main) {
  const { databaseUrl, file } = (await import('./arguments.ts')).readArguments('backup')
  await backUp(databaseUrl, file)
  process.stdout.write(`${JSON.stringify({ event: 'backedUp', file })}\n`)
}
