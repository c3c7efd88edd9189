/**
 * The tables that hold, as a node reads them: asked of the database in each transaction that goes by them, so all nodes
 * go by the newest from the moment of its commit; what was read once is read again only where it changed.
 */
import { readBody, shippedBodies, tableNames, type TableBodies, type TableName } from '../../shared/tables/tables.ts'
import type { Log } from '../../shared/ports.ts'
import type { Tx } from '../db/db.ts'
import { holdTables, selectBodies, selectNewest, type StoredBody } from './sql.ts'

/** `versions` are 0 where what comes with the program holds. The same tables are the same object. */
export type HoldingTables = {
  readonly bodies: TableBodies
  readonly versions: { readonly [N in TableName]: number }
}

export type RuleBook = {
  /** Roles sanxin_desk, sanxin_reader, sanxin_kb. The tables that hold now. */
  read(sql: Tx): Promise<HoldingTables>
  /** Those that hold until the end of the transaction; before anything else is locked (sql.ts). */
  hold(sql: Tx): Promise<HoldingTables>
}

type Held = HoldingTables & { readonly hashes: ReadonlyMap<string, string> }

const versionZero = Object.fromEntries(tableNames.map((name) => [name, 0])) as HoldingTables['versions']

/** The tables after some were published; one that this program does not understand leaves what comes with it. */
function take(before: Held, hashes: Held['hashes'], bodies: ReadonlyMap<string, StoredBody>, log: Log): Held {
  const taken: { bodies: Partial<Record<TableName, unknown>>; versions: Partial<Record<TableName, number>> } = {
    bodies: {},
    versions: {},
  }
  for (const name of tableNames) {
    const found = bodies.get(name)
    if (found === undefined) {
      const stays = hashes.get(name) === before.hashes.get(name)
      taken.bodies[name] = stays ? before.bodies[name] : shippedBodies[name]
      taken.versions[name] = stays ? before.versions[name] : 0
      continue
    }
    const body = readBody(name, JSON.parse(found.text))
    if (body === null) log('tableUnreadable', { name, version: found.version })
    taken.bodies[name] = body ?? shippedBodies[name]
    taken.versions[name] = body === null ? 0 : found.version
  }
  return { hashes, bodies: taken.bodies as TableBodies, versions: taken.versions as HoldingTables['versions'] }
}

/** `changed` is called whenever this node has found other tables than it went by. */
export function createRuleBook(log: Log, changed: () => void = () => undefined): RuleBook {
  let held: Held = { hashes: new Map(), bodies: shippedBodies, versions: versionZero }

  async function read(sql: Tx): Promise<HoldingTables> {
    const before = held
    const newest = await selectNewest(sql)
    const hashes = new Map(newest.map(({ name, hash }) => [name, hash]))
    const other = newest.filter(({ name, hash }) => before.hashes.get(name) !== hash).map(({ name }) => name)
    if (other.length === 0 && hashes.size === before.hashes.size) return before
    const bodies = other.length === 0 ? new Map<string, StoredBody>() : await selectBodies(sql, other)
    held = take(before, hashes, bodies, log)
    changed()
    return held
  }

  return {
    read,
    async hold(sql) {
      const [, tables] = await Promise.all([holdTables(sql), read(sql)])
      return tables
    },
  }
}
