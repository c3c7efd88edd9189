import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Overwrites the first page of a table or index on the disk, as a bad sector does. */
export function breakTable(file: string, name: string): void {
  const db = new Database(file, { readonly: true })
  const { page } = db.prepare('SELECT rootpage AS page FROM sqlite_schema WHERE name = ?').get(name) as { page: number }
  const size = Number(db.pragma('page_size', { simple: true }))
  db.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size)
  closeSync(handle)
}
