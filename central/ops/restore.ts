/**
 * Puts a backup back: `node central/ops/restore.ts FILE`. The backup is restored beside the database of
 * SANXIN_CENTRAL_DATABASE_URL, brought up to this code, given a new epoch, and takes its name in one step; what
 * stood before is kept under another name. The desks then send again what the backup does not have (rule 5). A backup
 * from before the oldest one that they were told of is refused, for they may have let go of what came after it;
 * `--older` restores it all the same.
 */
import { randomInt } from 'node:crypto'
import postgres from 'postgres'
import { appendAudit } from '../audit/sql.ts'
import { migrate } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { dbRoles } from '../db/db.ts'
import { renewEpoch } from '../feed/sql.ts'
import { openBackupFile } from './backup-file.ts'
import { databaseName, onServer } from './database-url.ts'
import { markWhole, selectBefore, selectOwnBackup, type Before } from './sql.ts'
import { runTool } from './tools.ts'

const MOST_APART = 20_000

/** The desks may have let go of what this backup does not have. */
export class TooOld extends Error {}

type Stood = { readonly exists: boolean; readonly before: Before | null }

/** What stood before: nothing (a new server), what can be read of it, or a database that cannot be read. */
async function readStood(admin: postgres.Sql, databaseUrl: string, at: number): Promise<Stood> {
  const [known] = await admin`select 1 from pg_database where datname = ${databaseName(databaseUrl)}`
  if (known === undefined) return { exists: false, before: null }
  const db = openPostgres(databaseUrl, { connections: 1 })
  try {
    return { exists: true, before: await db.tx('owner', (sql) => selectBefore(sql, at)) }
  } catch {
    return { exists: true, before: null }
  } finally {
    await db.close()
  }
}

const day = (time: number | null) => (time === null ? '?' : new Date(time).toISOString())

/** `own` is when the backup was taken; null where it does not say so. */
function refuseTooOld(own: number | null, { exists, before }: Stood): void {
  if (!exists) return
  const promised = before?.oldestBackup ?? null
  if (before !== null && (promised === null || (own !== null && own >= promised))) return
  throw new TooOld(
    `这份备份（${day(own)}）早于各坐席被告知的最早备份（${day(promised)}），或无从得知是否更早；其后的内容坐席可能已不再保留，仍要恢复请加 --older\n` +
      'This backup is older than the oldest one that desks were told of, or that cannot be known; they may no longer hold what came after it. --older restores it all the same.',
  )
}

/**
 * Restores `file`; answers under which name the database that stood before is kept. `at` in ms names the moment.
 * Throws TooOld, and then nothing has changed, unless `older` is wanted all the same.
 */
export async function restore(
  databaseUrl: string,
  file: string,
  at: number,
  { older = false }: { readonly older?: boolean } = {},
): Promise<{ keptAs: string }> {
  const name = databaseName(databaseUrl)
  const moment = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)
  const fresh = `${name}_restoring_${moment}`
  const keptAs = `${name}_before_${moment}`
  const admin = postgres(onServer(databaseUrl, 'postgres'), {
    max: 1,
    onnotice: () => undefined,
    target_session_attrs: 'primary',
  })
  try {
    const stood = await readStood(admin, databaseUrl, at)
    // On a new server the roles that the backup grants to are not there yet.
    for (const role of dbRoles) {
      const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
      if (known === undefined) await admin`create role ${admin(role)} nologin`
      const [member] = await admin`select pg_has_role(current_user, ${role}, 'member') as is`
      if (member?.['is'] !== true) await admin`grant ${admin(role)} to current_user`
    }
    await admin`create database ${admin(fresh)}`
    try {
      const how = ['--exit-on-error', '--single-transaction', '--no-owner']
      const flow = { from: await openBackupFile(file) }
      await runTool('pg_restore', how, { databaseUrl: onServer(databaseUrl, fresh), flow })
      const db = openPostgres(onServer(databaseUrl, fresh), { connections: 1 })
      try {
        await migrate(db)
        await db.tx('owner', async (sql) => {
          const own = await selectOwnBackup(sql)
          if (!older) refuseTooOld(own, stood)
          if (own !== null) await markWhole(sql, own)
          // The same backup restored twice, and nobody knows of the time between: then by chance, well apart.
          await renewEpoch(sql, at, stood.before?.ordinal ?? randomInt(MOST_APART))
          await appendAudit(sql, { at, actor: null, place: null, action: 'restored', object: keptAs })
        })
      } finally {
        await db.close()
      }
      await exchange(admin, name, fresh, keptAs)
    } catch (error) {
      await admin`drop database if exists ${admin(fresh)} with (force)`
      throw error
    }
  } finally {
    await admin.end({ timeout: 1 })
  }
  return { keptAs }
}

/** The restored database takes the name in one transaction; nobody gets in meanwhile. */
async function exchange(admin: postgres.Sql, name: string, fresh: string, keptAs: string): Promise<void> {
  const [known] = await admin`select 1 from pg_database where datname = ${name}`
  if (known !== undefined) {
    await admin`alter database ${admin(name)} allow_connections false`
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  }
  try {
    await admin.begin(async (sql) => {
      if (known !== undefined) await sql`alter database ${sql(name)} rename to ${sql(keptAs)}`
      await sql`alter database ${sql(fresh)} rename to ${sql(name)}`
    })
  } catch (error) {
    if (known !== undefined) await admin`alter database ${admin(name)} allow_connections true`
    throw error
  }
}

if (import.meta.main) {
  const { readArguments, runCommand } = await import('./command.ts')
  const { databaseUrl, file, older } = readArguments('restore')
  await runCommand(async () => ({
    event: 'restored',
    file,
    ...(await restore(databaseUrl, file, Date.now(), { older })),
  }))
}
