/** PGlite: PostgreSQL in this process, for the demo and quick tests. No fsync, one session: nothing durable. */
import { PGlite, types } from '@electric-sql/pglite'
import type { Db, Tx } from './db.ts'
import { enter } from './enter.ts'
import { lockFolder } from './folder-lock.ts'

/** Opens PGlite in `dataDir` (created if missing), or in memory. A directory belongs to one process at a time. */
export async function openPglite(dataDir?: string): Promise<Db> {
  const unlock = dataDir === undefined ? () => {} : lockFolder(dataDir)
  const parsers = { [types.INT8]: Number }
  const pglite = await (dataDir === undefined ? PGlite.create({ parsers }) : PGlite.create(dataDir, { parsers }))
  return {
    kind: 'pglite',
    tx: (role, fn, actor) =>
      pglite.transaction(async (tx) => {
        const sql: Tx = {
          query: async <Row>(text: string, params: readonly unknown[] = []) =>
            (await tx.query<Row>(text, [...params])).rows,
          script: async (text) => void (await tx.exec(text)),
        }
        await enter(sql, role, actor)
        return await fn(sql)
      }),
    close: async () => {
      await pglite.close()
      unlock()
    },
  }
}
