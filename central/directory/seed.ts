/** Loads the directory of the demo: central/seed/directory.csv, and the demo's own people. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { colleagueId, type DirectoryEntry } from '../../shared/directory/entry.ts'
import type { Log } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { demoPeople } from '../people/demo.ts'
import { readEntries } from './read-entries.ts'
import { publishDirectory } from './service.ts'

export const directoryFile = join(import.meta.dirname, '..', 'seed', 'directory.csv')

const colleagues: readonly DirectoryEntry[] = demoPeople.map(({ staffNo, name, role, line: { extension } }) => ({
  ...{ id: colleagueId(staffNo), kind: 'colleague', name, staffNo, extension, team: null, role },
}))

/** Publishes them; the same once more changes nothing. */
export async function seedDirectory(db: Db, log: Log): Promise<{ directory: number }> {
  const { entries, problems } = readEntries(
    await readFile(directoryFile, 'utf8'),
    await db.tx('sanxin_kb', selectNumberPlan),
  )
  for (const problem of problems) log('directoryLineRefused', problem)
  const all = [...entries, ...colleagues]
  await publishDirectory(db, all, false)
  return { directory: all.length }
}
