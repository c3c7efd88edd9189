/** The databases of a restore: the new one is made beside the one that stands, and takes its name in one step. */
import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { sqlState, dbRoles } from '../db/db.ts'
import { databaseName, onServer } from '../db/database-url.ts'

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

const MOST_BYTES = 63
const BEHIND_BYTES = '_restoring_20261127120000'.length
const MARK = 8

/** What stands before `_restoring_…`: PostgreSQL would cut off the end of a name that is too long, and so its time. */
function stemOf(name: string): string {
  const most = MOST_BYTES - BEHIND_BYTES
  if (Buffer.byteLength(name) <= most) return name
  const mark = `~${createHash('sha256').update(name).digest('hex')}`.slice(0, MARK)
  let stem = ''
  for (const character of name) {
    if (Buffer.byteLength(stem + character) > most - MARK) break
    stem += character
  }
  return stem + mark
}

/** Somebody else restores the same database; the message is for who runs the command. */
export class RestoreRuns extends Error {}

/** An identifier: the library would take one with a point in it apart. */
const named = (sql: Pick<postgres.Sql, 'unsafe'>, name: string) => sql.unsafe(`"${name.replaceAll('"', '""')}"`)

const OBJECT_IN_USE = '55006'
const TRIES = 5

/** As long as the session lasts nobody else restores this database; what a killed one left is taken away. */
async function takeTurn(admin: postgres.Sql, name: string): Promise<void> {
  const [turn] = await admin`select pg_try_advisory_lock(hashtext('sanxin restore'), hashtext(${name})) as mine`
  if (turn?.['mine'] !== true) throw new RestoreRuns('另一个恢复正在进行 · another restore of this database is running')
  const left = await admin`select datname from pg_database
    where starts_with(datname, ${`${stemOf(name)}_restoring_`}) and datname ~ '_restoring_[0-9]{14}$'`
  for (const { datname } of left) await admin`drop database if exists ${named(admin, String(datname))} with (force)`
}

/** On a new server the roles that the backup grants to are not there yet. */
async function makeRoles(admin: postgres.Sql): Promise<void> {
  for (const role of dbRoles) {
    const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
    if (known === undefined) await admin`create role ${named(admin, role)} nologin`
    const [member] = await admin`select pg_has_role(current_user, ${role}, 'member') as is`
    if (member?.['is'] !== true) await admin`grant ${named(admin, role)} to current_user`
  }
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Whatever the server makes by itself, it is UTF-8, in the locale of what stands. */
async function create(admin: postgres.Sql, fresh: string, made: Made | null): Promise<void> {
  const base = admin`create database ${named(admin, fresh)} template template0 encoding 'UTF8'`
  if (made === null) return void (await base)
  const { owner, collate, ctype } = made
  const locale = admin.unsafe(`lc_collate ${literal(collate)} lc_ctype ${literal(ctype)}`)
  await admin`${base} owner ${named(admin, owner)} ${locale}`
}

type Grant = { readonly to: string | null; readonly what: string; readonly option: boolean }

/** Who may connect to the new database are those who may to the one that stands; the server tells it, not the backup. */
async function grantAsStands(sql: postgres.TransactionSql, name: string, fresh: string): Promise<void> {
  const grants = await sql<Grant[]>`select pg_get_userbyid(nullif(grantee, 0)) as to, privilege_type as what,
      is_grantable as option
    from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) where datname = ${name}`
  const [limit] = await sql<{ most: number }[]>`select datconnlimit as most from pg_database where datname = ${name}`
  await sql`revoke all on database ${named(sql, fresh)} from public`
  for (const { to, what, option } of grants) {
    const role = to === null ? sql`public` : sql`${named(sql, to)}`
    // Of the server's own words for its privileges.
    await sql`grant ${sql.unsafe(what)} on database ${named(sql, fresh)} to ${role} ${option ? sql`with grant option` : sql``}`
  }
  await sql`alter database ${named(sql, fresh)} connection limit ${sql.unsafe(String(limit?.most ?? -1))}`
}

async function exchange(admin: postgres.Sql, name: string, fresh: string, keptAs: string): Promise<void> {
  await admin.begin(async (sql) => {
    const [known] = await sql`select 1 from pg_database where datname = ${name}`
    if (known !== undefined) {
      await grantAsStands(sql, name, fresh)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
      // From here on whoever wants in waits for the commit, and those who were sent away have five seconds to go.
      await sql`alter database ${named(sql, name)} rename to ${named(sql, keptAs)}`
      await sql`alter database ${named(sql, keptAs)} allow_connections false`
    }
    await sql`alter database ${named(sql, fresh)} rename to ${named(sql, name)}`
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
  const fresh = `${stemOf(name)}_restoring_${moment}`
  const keptAs = `${stemOf(name)}_before_${moment}`
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
      await admin`drop database if exists ${named(admin, fresh)} with (force)`.catch(() => undefined)
      throw error
    }
  } finally {
    await admin.end({ timeout: 1 })
  }
}
