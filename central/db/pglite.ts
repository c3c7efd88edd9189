/** PGlite: PostgreSQL in this process, for the demo and quick tests. No fsync, one session: nothing durable. */
import { PGlite, types } from '@electric-sql/pglite'
import { roleStatement, type Db } from './db.ts'
import { lockFolder } from './folder-lock.ts'

/** Opens PGlite in `dataDir` (created if missing), or in memory. A directory belongs to one process at a time. */
export async function openPglite(dataDir?: string): Promise<Db> {
  const unlock = dataDir === undefined ? () => {} : lockFolder(dataDir)
  const parsers = { [types.INT8]: Number }
  const pglite = await (dataDir === undefined ? PGlite.create({ parsers }) : PGlite.create(dataDir, { parsers }))
  return {
    kind: 'pglite',
    tx: (role, fn) =>
      pglite.transaction(async (tx) => {
        const setRole = roleStatement(role)
        if (setRole !== null) await tx.exec(setRole)
        return await fn({
          query: async <Row>(text: string, params: readonly unknown[] = []) =>
            (await tx.query<Row>(text, [...params])).rows,
          script: async (text) => void (await tx.exec(text)),
        })
      }),
    close: async () => {
      await pglite.close()
      unlock()
    },
  }
}
