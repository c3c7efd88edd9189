/** PGlite: PostgreSQL in this process, for the demo and quick tests. No fsync, one session: nothing durable. */
import { PGlite, types } from '@electric-sql/pglite'
import { whileOpen, type Db } from './db.ts'
import { enter } from './enter.ts'
import { lockFolder } from './folder-lock.ts'
import { speakTo } from './speak-to-pglite.ts'

/** How its values are read; for whoever opens one in another way. */
export const parsers = { [types.INT8]: Number }

/** Opens PGlite in `dataDir` (created if missing), or in memory. A directory belongs to one process at a time. */
export async function openPglite(dataDir?: string): Promise<Db> {
  if (dataDir === undefined) return pgliteDb(await PGlite.create({ parsers }))
  const unlock = lockFolder(dataDir)
  return pgliteDb(await PGlite.create(dataDir, { parsers }), unlock)
}

/** An open PGlite as a database of ours. */
export function pgliteDb(pglite: PGlite, unlock = () => {}): Db {
  const session = speakTo(pglite)
  return {
    kind: 'pglite',
    tx: (role, fn, actor) =>
      pglite.transaction(async (tx) => {
        const sql = whileOpen(session, () => !tx.closed)
        await enter(sql, role, actor)
        return await fn(sql)
      }),
    close: async () => {
      await pglite.close()
      unlock()
    },
  }
}
