/** Brings a database up to this code: numbered files, each once, never changed afterwards, never backwards. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErrorCode } from '../../shared/errors.ts'
import { sqlState, type Db, type Tx } from './db.ts'
import {
  createMigrationsTable,
  insertApplied,
  limitLockWaits,
  listApplied,
  lockMigrations,
  type AppliedMigration,
} from './sql.ts'

export const migrationsFolder = join(import.meta.dirname, 'migrations')

type Migration = AppliedMigration & { readonly text: string }

/** A database that this code must not touch: made by newer code, or by files that were changed since. */
export class MigrationRefused extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(message)
    this.name = 'MigrationRefused'
    this.code = code
  }
}

/** Somebody has a table for long that a migration changes; nothing was changed. Its words are for who starts the node. */
export class MigrationBlocked extends Error {
  readonly code = 'migrationBlocked'
  constructor() {
    super(
      '数据库升级等不到表锁：备份或长查询正在进行，什么都没有改动，等它结束后重启本节点 · bringing the database up waited ' +
        'for a table that a backup or a long query has: nothing was changed; start this node again when that is over.',
    )
    this.name = 'MigrationBlocked'
  }
}

/** As long as a transaction of a node that is at work waits for its turn. */
const LOCK_MS = 5000
const LOCK_NOT_AVAILABLE = '55P03'

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Those still to run; throws MigrationRefused where the database knows a number or a text that we do not. */
function pending(known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const byNumber = new Map(known.map((migration) => [migration.number, migration]))
  for (const { number, name, checksum } of applied) {
    const mine = byNumber.get(number)
    if (mine === undefined)
      throw new MigrationRefused(
        'databaseFromFuture',
        `来自更新的程序：迁移 ${name} 本程序没有 · of newer code: it has migration ${name}, unknown here`,
      )
    if (mine.checksum !== checksum)
      throw new MigrationRefused(
        'databaseBroken',
        `迁移 ${name} 执行后又被改动 · migration ${name} was changed after it ran`,
      )
  }
  const done = new Set(applied.map(({ number }) => number))
  return known.filter(({ number }) => !done.has(number))
}

/** Throws MigrationRefused where this code would not bring such a database up; changes nothing. */
export async function checkMigrations(sql: Tx, folder: string = migrationsFolder): Promise<void> {
  pending(await readMigrations(folder), await listApplied(sql))
}

/**
 * Runs what is missing, all in one transaction; returns how many ran. Several nodes may call it at once. Throws
 * MigrationRefused, and MigrationBlocked where a table cannot be had within 5 s: other nodes would wait as long.
 */
export async function migrate(db: Db, folder: string = migrationsFolder): Promise<number> {
  const known = await readMigrations(folder)
  const run = async (sql: Tx) => {
    await lockMigrations(sql)
    await limitLockWaits(sql, LOCK_MS)
    await createMigrationsTable(sql)
    const todo = pending(known, await listApplied(sql))
    for (const migration of todo) {
      await sql.script(migration.text)
      await insertApplied(sql, migration)
    }
    return todo.length
  }
  try {
    return await db.tx('owner', run)
  } catch (error) {
    throw sqlState(error) === LOCK_NOT_AVAILABLE ? new MigrationBlocked() : error
  }
}
