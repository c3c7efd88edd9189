/**
 * Puts a backup back: `node central/ops/restore.ts FILE`. The backup is restored beside the database of
 * SANXIN_CENTRAL_DATABASE_URL, brought up to this code, given a new epoch, and takes its name in one step; what
 * stood before is kept under another name. The desks then send again what the backup does not have (rule 5).
 */
import postgres from 'postgres'
import { appendAudit } from '../audit/sql.ts'
import { migrate } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { dbRoles } from '../db/db.ts'
import { renewEpoch } from '../feed/sql.ts'
import { runTool } from './tools.ts'

/** The URL of another database on the same server. */
function onServer(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl)
  url.pathname = `/${encodeURIComponent(name)}`
  return url.href
}

/** Restores `file`; answers under which name the database that stood before is kept. `at` in ms names the moment. */
export async function restore(databaseUrl: string, file: string, at: number): Promise<{ keptAs: string }> {
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1))
  const moment = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)
  const fresh = `${name}_restoring_${moment}`
  const keptAs = `${name}_before_${moment}`
  const admin = postgres(onServer(databaseUrl, 'postgres'), { max: 1, onnotice: () => undefined })
  try {
    // On a new server the roles that the backup grants to are not there yet.
    for (const role of dbRoles) {
      const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
      if (known === undefined) await admin`create role ${admin(role)} nologin`
    }
    await admin`create database ${admin(fresh)}`
    try {
      await runTool('pg_restore', [
        '--exit-on-error',
        '--single-transaction',
        '--no-owner',
        '--dbname',
        onServer(databaseUrl, fresh),
        file,
      ])
      const db = openPostgres(onServer(databaseUrl, fresh), { connections: 1 })
      try {
        await migrate(db)
        await db.tx('owner', async (sql) => {
          await renewEpoch(sql, at)
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
  const { databaseUrl, file } = (await import('./arguments.ts')).readArguments('restore')
  const { keptAs } = await restore(databaseUrl, file, Date.now())
  process.stdout.write(`${JSON.stringify({ event: 'restored', file, keptAs })}\n`)
}
