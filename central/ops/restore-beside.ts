/** The databases of a restore: the new one is made beside the one that stands, and takes its name in one step. */
import postgres from 'postgres'
import { sqlState, dbRoles } from '../db/db.ts'
import { databaseName, onServer } from './database-url.ts'

/** What is known of the database that stands, without its being opened: how it was made, and whose it is. */
type Made = { readonly owner: string; readonly collate: string; readonly ctype: string }

export type Beside = {
  /** The URL of the new database. */
  readonly url: string
  /** Whose the tables are to be; null for the login's own. */
  readonly owner: string | null
  /** Whether there is a database of that name now. */
  readonly stands: boolean
  /** Under what name that one is kept. */
  readonly keptAs: string
  /** The new one takes the name, and nobody gets in meanwhile: all of it, or nothing. */
  exchange(): Promise<void>
}

/** Somebody else restores the same database; the message is for who runs the command. */
export class RestoreRuns extends Error {}

const OBJECT_IN_USE = '55006'
const TRIES = 5

/** As long as the session lasts nobody else restores this database; what a killed one left is taken away. */
async function takeTurn(admin: postgres.Sql, name: string): Promise<void> {
  const [turn] = await admin`select pg_try_advisory_lock(hashtext('sanxin restore'), hashtext(${name})) as mine`
  if (turn?.['mine'] !== true) throw new RestoreRuns('另一个恢复正在进行 · another restore of this database is running')
  const left = await admin`select datname from pg_database where starts_with(datname, ${`${name}_restoring_`})`
  for (const { datname } of left) await admin`drop database if exists ${admin(String(datname))} with (force)`
}

/** On a new server the roles that the backup grants to are not there yet. */
async function makeRoles(admin: postgres.Sql): Promise<void> {
  for (const role of dbRoles) {
    const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
    if (known === undefined) await admin`create role ${admin(role)} nologin`
    const [member] = await admin`select pg_has_role(current_user, ${role}, 'member') as is`
    if (member?.['is'] !== true) await admin`grant ${admin(role)} to current_user`
  }
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Whatever the server makes by itself, it is UTF-8, in the locale of what stands. */
async function create(admin: postgres.Sql, fresh: string, made: Made | null): Promise<void> {
  const base = admin`create database ${admin(fresh)} template template0 encoding 'UTF8'`
  if (made === null) return void (await base)
  const { owner, collate, ctype } = made
  // A locale has a point in its name, by which an identifier would be taken apart.
  const locale = admin.unsafe(`lc_collate ${literal(collate)} lc_ctype ${literal(ctype)}`)
  await admin`${base} owner ${admin(owner)} ${locale}`
}

async function exchange(admin: postgres.Sql, name: string, fresh: string, keptAs: string): Promise<void> {
  await admin.begin(async (sql) => {
    const [known] = await sql`select 1 from pg_database where datname = ${name}`
    if (known !== undefined) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
      // From here on whoever wants in waits for the commit, and those who were sent away have five seconds to go.
      await sql`alter database ${sql(name)} rename to ${sql(keptAs)}`
      await sql`alter database ${sql(keptAs)} allow_connections false`
    }
    await sql`alter database ${sql(fresh)} rename to ${sql(name)}`
  })
}

/** Somebody may have come in between being sent away and the door's being shut. */
async function exchangeAtLast(...[admin, name, fresh, keptAs]: Parameters<typeof exchange>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await exchange(admin, name, fresh, keptAs)
    } catch (error) {
      if (attempt === TRIES || sqlState(error) !== OBJECT_IN_USE) throw error
    }
  }
}

/**
 * Makes an empty database beside that of `databaseUrl` and lets `fill` work with it; where that throws it is dropped
 * again, and nothing has changed. `at` in ms names it. Throws RestoreRuns where another one is at it.
 */
export async function besideDatabase<T>(
  databaseUrl: string,
  at: number,
  fill: (beside: Beside) => Promise<T>,
): Promise<T> {
  const name = databaseName(databaseUrl)
  const moment = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)
  const fresh = `${name}_restoring_${moment}`
  const keptAs = `${name}_before_${moment}`
  const admin = postgres(onServer(databaseUrl, 'postgres'), {
    max: 1,
    // One session from the beginning to the end: the turn is its.
    max_lifetime: null,
    onnotice: () => undefined,
    target_session_attrs: 'primary',
  })
  try {
    await takeTurn(admin, name)
    await makeRoles(admin)
    const [made] = await admin<Made[]>`select pg_get_userbyid(datdba) as owner, datcollate as collate, datctype as ctype
      from pg_database where datname = ${name}`
    await create(admin, fresh, made ?? null)
    try {
      return await fill({
        url: onServer(databaseUrl, fresh),
        owner: made?.owner ?? null,
        stands: made !== undefined,
        keptAs,
        exchange: () => exchangeAtLast(admin, name, fresh, keptAs),
      })
    } catch (error) {
      // The next restore takes away what is left here: why this one failed is the news.
      await admin`drop database if exists ${admin(fresh)} with (force)`.catch(() => undefined)
      throw error
    }
  } finally {
    await admin.end({ timeout: 1 })
  }
}
