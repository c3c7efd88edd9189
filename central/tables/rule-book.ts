/**
 * The tables that hold, as a node reads them: asked of the database in each transaction that goes by them, so all nodes
 * go by the newest from the moment of its commit; what was read once is read again only where it changed.
 */
import type { Log } from '../../shared/ports.ts'
import type { RuleTable } from '../../shared/sync/protocol.ts'
import { shippedTables, takeTables } from '../../shared/tables/tables.ts'
import type { Tx } from '../db/db.ts'
import { holdTables, selectBodies, selectNewest } from './sql.ts'

/** All tables that hold together. */
type AllTables = typeof shippedTables

/** The same tables are the same object. */
export type RuleBook = {
  /** Roles sanxin_desk, sanxin_reader, sanxin_kb. The tables that hold now. */
  read(sql: Tx): Promise<AllTables>
  /** Those that hold until the end of the transaction; before anything else is locked (sql.ts). */
  hold(sql: Tx): Promise<AllTables>
}

type Stored = RuleTable & { readonly hash: string }

async function readStored(
  sql: Tx,
  hashes: ReadonlyMap<string, string>,
  known: readonly Stored[],
): Promise<readonly Stored[]> {
  const same = known.filter(({ name, hash }) => hashes.get(name) === hash)
  const others = [...hashes.keys()].filter((name) => same.every((one) => one.name !== name))
  if (others.length === 0) return same.length === known.length ? known : same
  const read = [...(await selectBodies(sql, others))].map(([name, { version, text, hash }]): Stored => {
    const body: unknown = JSON.parse(text)
    return { name, version, body, hash }
  })
  return [...same, ...read]
}

/** `changed` is called whenever this node has found other tables than it went by. */
export function createRuleBook(log: Log, changed: () => void = () => undefined): RuleBook {
  let stored: readonly Stored[] = []
  let tables = shippedTables

  async function read(sql: Tx): Promise<AllTables> {
    const newest = await selectNewest(sql)
    const found = await readStored(sql, new Map(newest.map(({ name, hash }) => [name, hash])), stored)
    if (found !== stored) {
      stored = found
      tables = takeTables(found, ({ name, version }) => log('tableUnreadable', { name, version }))
      changed()
    }
    return tables
  }

  return {
    read,
    async hold(sql) {
      const [, holding] = await Promise.all([holdTables(sql), read(sql)])
      return holding
    },
  }
}
