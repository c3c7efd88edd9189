import type { Database } from 'better-sqlite3'
import { caseFilterSchema, type SavedFilter } from '../../../shared/case/saved-filter.ts'

export type SavedFilters = {
  list(staffNo: string): SavedFilter[]
  keep(staffNo: string, filter: SavedFilter): void
  drop(staffNo: string, name: string): void
}

/** The searches that each operator gave a name; one that another version wrote and this one cannot read is left out. */
export function createSavedFilters(db: Database): SavedFilters {
  const list = db.prepare<[string], { name: string; filter: string }>(
    'SELECT name, filter FROM saved_filters WHERE staff_no = ? ORDER BY name',
  )
  const keep = db.prepare<[string, string, string]>(
    `INSERT INTO saved_filters (staff_no, name, filter) VALUES (?, ?, ?)
     ON CONFLICT (staff_no, name) DO UPDATE SET filter = excluded.filter`,
  )
  const drop = db.prepare<[string, string]>('DELETE FROM saved_filters WHERE staff_no = ? AND name = ?')
  return {
    list: (staffNo) =>
      list.all(staffNo).flatMap(({ name, filter: text }) => {
        const read = caseFilterSchema.safeParse(JSON.parse(text))
        return read.success ? [{ name, filter: read.data }] : []
      }),
    keep: (staffNo, { name, filter }) => void keep.run(staffNo, name, JSON.stringify(filter)),
    drop: (staffNo, name) => void drop.run(staffNo, name),
  }
}
