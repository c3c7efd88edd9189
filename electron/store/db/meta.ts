import type { Database } from 'better-sqlite3'
import { storageFailure } from '../failure.ts'

/** Small facts about this file: its id, desk code, cursor, epoch, clock offset, counters. */
export type Meta = {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  /** Sets what must hold although nothing can be written now: from memory at once, in the file when it takes it. */
  keep(key: string, value: string): void
  /** Writes what `keep` still owes to the file; call it outside of transactions, for one may be rolled back. */
  writeOwed(): void
}

export function createMeta(db: Database): Meta {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const write = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare<[string]>('DELETE FROM meta WHERE key = ?')
  const owed = new Map<string, string>()

  function writeOwed(): void {
    try {
      for (const [key, value] of owed) {
        write.run(key, value)
        owed.delete(key)
      }
    } catch (error) {
      if (storageFailure(error) === null) throw error
    }
  }

  return {
    get: (key) => owed.get(key) ?? read.get(key)?.value ?? null,
    set: (key, value) => {
      // What was owed before is no longer so.
      owed.delete(key)
      write.run(key, value)
    },
    remove: (key) => {
      owed.delete(key)
      remove.run(key)
    },
    keep: (key, value) => {
      owed.set(key, value)
      writeOwed()
    },
    writeOwed,
  }
}

/** The next number of a counter that starts anew with each `day` (2026-11-23). */
export function nextOfDay(meta: Meta, counter: string, day: string): number {
  // A row for each day: a clock that is set back over midnight goes on counting where that day was left.
  const key = `${counter} ${day}`
  const next = Number(meta.get(key) ?? 0) + 1
  meta.set(key, String(next))
  return next
}
