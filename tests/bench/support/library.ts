/** The knowledge base of a desk on a disk, filled and indexed, without the rest of the desk. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Articles } from '../../../electron/store/db/articles.ts'
import { createMeta } from '../../../electron/store/db/meta.ts'
import { createReplicaTables } from '../../../electron/store/db/replica-tables.ts'
import { openStore } from '../../../electron/store/open.ts'
import type { ReplicaTables } from '../../../electron/store/sync/replica.ts'
import { loadInitials } from '../../../shared/kb/initials.ts'
import type { Article } from '../../../shared/sync/protocol.ts'

/** On the disk that the project lies on: a folder in memory would ask nothing. */
const place = join(import.meta.dirname, '../../../.bench')
/** Articles in one commit, and in one turn of indexing. */
export const PAGE = 1000
const TURN = 256

export type Library = {
  readonly db: Database
  readonly tables: ReplicaTables
  readonly articles: Articles
  close(): void
}

/** Opens an empty one; `fillLibrary` fills it. */
export async function openLibrary(): Promise<Library> {
  mkdirSync(place, { recursive: true })
  const dir = mkdtempSync(join(place, 'kb-'))
  const { db } = await openStore({ dir, nativeBinding: null, now: Date.now() })
  const tables = createReplicaTables(db, createMeta(db), () => '0750')
  return {
    ...{ db, tables, articles: tables.articles },
    close: () => {
      db.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Puts `count` articles and brings all of them into the index; answers the ms of rows and of the index. */
export async function fillLibrary(
  { db, articles }: Library,
  count: number,
  article: (index: number) => Article,
): Promise<{ readonly rows: number; readonly index: number }> {
  const initialsOf = await loadInitials()
  let rows = 0
  for (let from = 0; from < count; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => article(from + at))
    const began = performance.now()
    db.transaction(() => page.forEach((one) => articles.put(one)))()
    rows += performance.now() - began
  }
  const began = performance.now()
  while (articles.indexTurn(TURN, initialsOf)) continue
  return { rows, index: performance.now() - began }
}
