import type { Database } from 'better-sqlite3'

/** Small facts about this file: its id, desk code, cursor, epoch, clock offset, counters. */
export type Meta = {
  get(key: string): string | null
  set(key: string, value: string): void
}

export function createMeta(db: Database): Meta {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const write = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (key) => read.get(key)?.value ?? null,
    set: (key, value) => void write.run(key, value),
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
