import type { Database } from 'better-sqlite3'
import type { DirectoryEntry, DirectoryHit } from '../../../shared/directory/entry.ts'
import { rankEntry, type Readings } from '../../../shared/directory/match.ts'
import type { FoundUnit } from '../../../shared/ipc/case-work.ts'
import type { ReadingsOf } from '../../../shared/kb/initials.ts'

export type Directory = {
  /** Takes an entry as central has it; the same once more changes nothing. */
  put(entry: DirectoryEntry): void
  withdraw(id: string): void
  /** Whether there are names whose letters are not known yet. */
  isUnread(): boolean
  /** Reads the letters of all names that were not read. */
  read(readingsOf: ReadingsOf): void
  /** The best entries for what `staffNo` typed, her starred ones first among equals; for '' those before all others. */
  search(query: string, staffNo: string, limit: number): DirectoryHit[]
  /** What she starred, by its id. */
  starred(staffNo: string): DirectoryEntry[]
  /** All member units with the letters of their names, by id. */
  units(): FoundUnit[]
  star(id: string, staffNo: string, starred: boolean): void
}

type Row = { readonly id: string; readonly entry: string; readonly readings: string | null; readonly starred: number }

const NOT_FOUND = Number.POSITIVE_INFINITY

/** The directory of this desk, and what each operator starred in it. */
export function createDirectory(db: Database): Directory {
  const put = db.prepare<[string, string]>(
    `INSERT INTO directory (id, entry) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, readings = NULL WHERE entry <> excluded.entry`,
  )
  const withdraw = db.prepare<[string]>('DELETE FROM directory WHERE id = ?')
  const unread = db.prepare<[], { id: string; entry: string }>('SELECT id, entry FROM directory WHERE readings IS NULL')
  const write = db.prepare<[string, string]>('UPDATE directory SET readings = ? WHERE id = ?')
  const all = db.prepare<[string], Row>(
    `SELECT d.id, d.entry, d.readings, s.id IS NOT NULL AS starred
     FROM directory d LEFT JOIN directory_stars s ON s.id = d.id AND s.staff_no = ? ORDER BY d.id`,
  )
  const starredOf = db.prepare<[string], { entry: string }>(
    'SELECT d.entry FROM directory_stars s JOIN directory d USING (id) WHERE s.staff_no = ? ORDER BY d.id',
  )
  const units = db.prepare<[], { entry: string; readings: string | null }>(
    `SELECT entry, readings FROM directory WHERE json_extract(entry, '$.kind') = 'unit' ORDER BY id`,
  )
  const star = db.prepare<[string, string]>('INSERT INTO directory_stars VALUES (?, ?) ON CONFLICT DO NOTHING')
  const unstar = db.prepare<[string, string]>('DELETE FROM directory_stars WHERE staff_no = ? AND id = ?')

  const read = db.transaction((readingsOf: ReadingsOf) => {
    for (const { id, entry } of unread.all())
      write.run(JSON.stringify(readingsOf((JSON.parse(entry) as DirectoryEntry).name)), id)
  })

  return {
    put: (entry) => void put.run(entry.id, JSON.stringify(entry)),
    withdraw: (id) => void withdraw.run(id),
    isUnread: () => unread.get() !== undefined,
    read: (readingsOf) => read.immediate(readingsOf),
    search: (query, staffNo, limit) =>
      all
        .all(staffNo)
        .map(({ entry: text, readings, starred }) => {
          const entry = JSON.parse(text) as DirectoryEntry
          const known: Readings = readings === null ? [] : (JSON.parse(readings) as string[])
          const rank = query === '' ? 0 : (rankEntry(entry, known, query) ?? NOT_FOUND)
          return { entry, starred: starred === 1, rank }
        })
        .filter(({ rank }) => rank !== NOT_FOUND)
        .toSorted((a, b) => a.rank - b.rank || Number(b.starred) - Number(a.starred))
        .slice(0, limit)
        .map(({ entry, starred }) => ({ entry, starred })),
    starred: (staffNo) => starredOf.all(staffNo).map(({ entry }) => JSON.parse(entry) as DirectoryEntry),
    units: () =>
      units.all().flatMap(({ entry: text, readings }) => {
        const entry = JSON.parse(text) as DirectoryEntry
        if (entry.kind !== 'unit') return []
        const { id, name, district } = entry
        return [{ id, name, district, readings: readings === null ? [] : (JSON.parse(readings) as string[]) }]
      }),
    star: (id, staffNo, isStarred) => void (isStarred ? star : unstar).run(staffNo, id),
  }
}
