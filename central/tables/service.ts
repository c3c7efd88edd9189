/** Versions of the rule tables: read by whoever is signed in, published by who may (rules T). */
import { createHash } from 'node:crypto'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Clock, Log } from '../../shared/ports.ts'
import type { Flaw } from '../../shared/tables/flaw.ts'
import { checkTable, shippedBodies, tableNames, type TableName } from '../../shared/tables/tables.ts'
import type { PublishRequest, TableHead, TableVersion } from '../../shared/tables/versions.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { selectUnits } from '../directory/sql.ts'
import { appendFeed } from '../feed/sql.ts'
import type { Session } from '../http/access.ts'
import { createRuleBook } from './rule-book.ts'
import * as stored from './sql.ts'

/** `committed` is called once something may have been published. */
export type TableDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly committed?: () => void
}
export type Reader = Pick<Session, 'staffNo' | 'role' | 'storeId' | 'unit'>

const shippedHead = (name: TableName): TableHead => ({ name, version: 0, author: null, why: '', at: null })

/** The newest version of each table, without its body. */
export async function listTables({ db }: TableDeps, reader: Reader): Promise<TableHead[]> {
  const heads = await db.tx('sanxin_reader', (sql) => stored.selectHeads(sql, null), reader)
  const byName = new Map(heads.map((head) => [head.name, head]))
  return tableNames.map((name) => byName.get(name) ?? shippedHead(name))
}

/** All versions of a table, the newest first. */
export async function listVersions({ db }: TableDeps, name: TableName, reader: Reader): Promise<TableHead[]> {
  const heads = await db.tx('sanxin_reader', (sql) => stored.selectHeads(sql, name), reader)
  return [...heads, shippedHead(name)]
}

async function newestOf(sql: Tx, name: TableName): Promise<TableVersion> {
  const newest = (await stored.selectNewest(sql)).find((one) => one.name === name)
  return must(await versionOf(sql, name, newest?.version ?? 0), 'the newest version')
}

async function versionOf(sql: Tx, name: TableName, version: number): Promise<TableVersion | null> {
  return version === 0 ? { ...shippedHead(name), body: shippedBodies[name] } : stored.selectVersion(sql, name, version)
}

/** A version of a table, the newest where none is named; null where there is none of that number. */
export function readTable(
  { db }: TableDeps,
  name: TableName,
  version: number | null,
  reader: Reader,
): Promise<TableVersion | null> {
  return db.tx(
    'sanxin_reader',
    (sql) => (version === null ? newestOf(sql, name) : versionOf(sql, name, version)),
    reader,
  )
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** What became of a publication; `flaws` where the body is wrong. */
export type Published = Result<TableVersion> | { readonly ok: false; readonly flaws: readonly Flaw[] }

async function decideAndWrite(
  sql: Tx,
  name: TableName,
  { base, body, why }: PublishRequest,
  { staffNo: author, storeId: place }: Reader,
  deps: TableDeps,
): Promise<Published> {
  // First: nobody publishes beside this, and who counts by the tables either has counted, or will by the new one.
  await stored.lockTables(sql)
  const newest = await newestOf(sql, name)
  const { bodies } = await createRuleBook(deps.log).read(sql)
  const units = new Set((await selectUnits(sql)).map(({ id }) => id))
  const checked = checkTable(name, body, bodies, units)
  if (!checked.ok) return checked
  const text = JSON.stringify(checked.body)
  const isAgain = newest.author === author && newest.why === why && newest.version === base + 1
  // The same once more, because the answer was lost, is answered again.
  if (isAgain && text === JSON.stringify(bodies[name])) return ok(newest)
  if (newest.version !== base) return fail('outdated', String(newest.version))
  if (text === JSON.stringify(bodies[name])) return fail('invalidInput', 'unchanged')

  const fresh = { name, version: base + 1, body: checked.body, author, why, at: deps.clock.now() }
  const hash = hashOf(text)
  await stored.insertVersion(sql, { ...fresh, text }, hash)
  await appendAudit(sql, {
    ...{ at: fresh.at, actor: author, place, action: 'table.published', object: name },
    detail: { version: fresh.version, hash, why },
  })
  await appendFeed(sql, [{ kind: 'table', ref: name, storeId: null, team: null }])
  return ok(fresh)
}

/**
 * Publishes a body after version `base`. `outdated` with the newest version where that is another one; flaws where the
 * body is wrong; `invalidInput` (`unchanged`) where it says what stands. What may not be lost is kept (shared/tables),
 * so read what is answered. Who goes back publishes an older body anew.
 */
export async function publishTable(
  deps: TableDeps,
  name: TableName,
  request: PublishRequest,
  reader: Reader,
): Promise<Published> {
  const published = await deps.db.tx('sanxin_kb', (sql) => decideAndWrite(sql, name, request, reader, deps), reader)
  if (published.ok) deps.committed?.()
  return published
}
