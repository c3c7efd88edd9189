/** What a backup is, told before anything else of it is restored: that may take hours. */
import { resolve } from 'node:path'
import { checkMigrations, MigrationRefused } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { hasMigrations } from '../db/sql.ts'
import type { Beside } from './restore-beside.ts'
import { dropTellingTables, selectBorn, selectOwnBackup, tellingTables, type Before } from './sql.ts'
import { runTool } from './tools.ts'

/** This code cannot restore the backup, or it is none; the message is for who runs the command. */
export class BackupRefused extends Error {}

/** The desks may have let go of what this backup does not have. */
export class TooOld extends Error {}

/** The backup was taken of another database than the one that stands. */
export class OfAnother extends Error {}

export type WhatBackup = {
  /** When it was taken, in ms; null where it does not say so. */
  readonly own: number | null
  /** When its database was first made, as `selectBorn` has it. */
  readonly born: string | null
}

const NO_CENTRAL =
  '这个文件里没有本系统的数据库，什么都没有改动 · there is no database of a central in this file, nothing was changed'

/**
 * Restores into the new, still empty database what tells of a backup, reads it and takes it away again. Throws
 * BackupRefused where this code cannot bring it up.
 */
export async function readWhat(file: string, { url, owner }: Beside, stop?: AbortSignal): Promise<WhatBackup> {
  const tables = tellingTables.flatMap((table) => ['--table', table])
  const as = owner === null ? [] : ['--role', owner]
  const how = ['--exit-on-error', '--single-transaction', '--no-owner', '--no-privileges', ...as, ...tables]
  // By its name, so that what is not wanted of it is passed over and not read.
  await runTool('pg_restore', [...how, resolve(file)], { databaseUrl: url, stop })
  const db = openPostgres(url, { connections: 1, owner })
  try {
    return await db.tx('owner', async (sql) => {
      if (!(await hasMigrations(sql))) throw new BackupRefused(NO_CENTRAL)
      await checkMigrations(sql)
      const what = { own: await selectOwnBackup(sql), born: await selectBorn(sql) }
      if (what.born === null) throw new BackupRefused(NO_CENTRAL)
      await dropTellingTables(sql)
      return what
    })
  } catch (error) {
    if (!(error instanceof MigrationRefused)) throw error
    throw new BackupRefused(
      `本程序不能恢复这份备份，什么都没有改动 · this code cannot restore this backup, nothing was changed: ${error.message}`,
    )
  } finally {
    await db.close()
  }
}

const day = (time: number | null) => (time === null ? '?' : new Date(time).toISOString())

/** Throws TooOld where desks may have been told that no backup so old is gone back to. */
export function refuseTooOld({ own }: WhatBackup, before: Before | null): void {
  const promised = before?.oldestBackup ?? null
  if (before !== null && (promised === null || (own !== null && own >= promised))) return
  throw new TooOld(
    `这份备份（${day(own)}）早于各坐席被告知的最早备份（${day(promised)}），或无从得知是否更早；其后的内容坐席可能已不再保留。什么都没有改动，仍要恢复请加 --older\n` +
      'This backup is older than the oldest one that desks were told of, or that cannot be known; they may no longer hold what came after it. Nothing was changed; --older restores it all the same.',
  )
}

/** Throws OfAnother where what stands was made as another database than the backup's; `born` null where that cannot be known. */
export function refuseOfAnother(what: WhatBackup, born: string | null): void {
  if (born === null || born === what.born) return
  throw new OfAnother(
    '这份备份不是这个数据库的，可能是另一个中心的；什么都没有改动，确要用它替换请加 --other\n' +
      'This backup was taken of another database than the one that stands, perhaps another centre’s; nothing was changed. --other puts it in its place all the same.',
  )
}
