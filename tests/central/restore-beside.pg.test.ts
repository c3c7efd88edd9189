/** A restore that is killed or met by another one, and whose database it makes. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { folder } from './support/drill-desk.ts'

let server: PostgresServer
let made = 0
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

function connect(): postgres.Sql {
  const sql = postgres(server.url, { max: 3, onnotice: () => undefined })
  onTestFinished(() => sql.end())
  return sql
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A central of its own with a backup of it. `how` is said at its making; its login is `login`. */
async function backedUp(sql: postgres.Sql, { login = 'postgres', how = '', named = '' } = {}) {
  made += 1
  const name = named || `beside_${made}`
  await sql.unsafe(`create database ${quoted(name)} ${how}`)
  const url = `postgres://${login}@127.0.0.1:${server.port}/${encodeURIComponent(name)}`
  const db = openPostgres(url, { connections: 1 })
  await migrate(db)
  await db.close()
  const file = join(folder(), 'b')
  await backUp(url, file)
  return { name, url, file }
}

const COMMAND = join(import.meta.dirname, '../../central/ops/restore.ts')

function start(url: string, file: string): ChildProcess {
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: url }
  const child = spawn(process.execPath, [COMMAND, file], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Whether somebody gets in, and reads what central must have. */
async function isOpen(url: string): Promise<boolean> {
  const db = openPostgres(url, { connections: 1 })
  const head = await db.tx('owner', (sql) => sql.query('select 1 from feed_head')).catch(() => [])
  await db.close()
  return head.length === 1
}

test('R5.18 a restore that is killed as it takes the name leaves what stood as it was, and is run again', async () => {
  const sql = connect()
  const { name, url, file } = await backedUp(sql)
  const waiting = () =>
    sql`select 1 from pg_stat_activity where query like 'alter database%' and wait_event_type = 'Lock'`
  const others = () => sql`select datname from pg_database where starts_with(datname, ${`${name}_`}) order by 1`
  await sql.begin(async (tx) => {
    // Nobody may rename it until this is over.
    await tx.unsafe(`comment on database ${name} is 'held'`)
    const child = start(url, file)
    await expect.poll(async () => (await waiting()).length).toBe(1)
    // Another one does not come between.
    await expect(restore(url, file, Date.now())).rejects.toThrow('另一个恢复正在进行')
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  await expect.poll(async () => (await waiting()).length).toBe(0)
  expect(await isOpen(url)).toBe(true)
  expect((await others()).map(({ datname }) => String(datname))).toEqual([expect.stringContaining('_restoring_')])

  await expect.poll(() => restore(url, file, Date.now()).then(() => 'done', String)).toBe('done')
  expect(await isOpen(url)).toBe(true)
  expect((await others()).map(({ datname }) => String(datname))).toEqual([expect.stringContaining('_before_')])
})

test('R5.18 what is restored by a superuser is its owner’s who had it, in the same locale', async () => {
  const sql = connect()
  await sql`create role sanxin_owner login createrole`
  const how = `owner sanxin_owner template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`
  const { name, url, file } = await backedUp(sql, { login: 'sanxin_owner', how })
  await restore(url.replace('sanxin_owner@', 'postgres@'), file, Date.now())
  const as =
    await sql`select pg_get_userbyid(datdba) as owner, datcollate, datctype from pg_database where datname = ${name}`
  expect(as).toEqual([{ owner: 'sanxin_owner', datcollate: 'C.UTF-8', datctype: 'C.UTF-8' }])
  const db = openPostgres(url, { connections: 1 })
  onTestFinished(() => db.close())
  const others = `select relname from pg_class where relnamespace = 'public'::regnamespace and relowner <> 'sanxin_owner'::regrole`
  expect(await db.tx('owner', (tx) => tx.query(others))).toEqual([])
  expect(await db.tx('sanxin_gate', (tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }])
})

test('R5.19 who may connect to the database, and how many, is as it stands and not as on a new one', async () => {
  const sql = connect()
  await sql`create role sanxin_in login`
  await sql`create role "sanxin.by" login`
  const { name, url, file } = await backedUp(sql)
  await sql.unsafe(`revoke connect on database ${name} from public`)
  await sql.unsafe(`grant connect on database ${name} to sanxin_in`)
  await sql.unsafe(`grant connect, create on database ${name} to "sanxin.by" with grant option`)
  await sql.unsafe(`alter database ${name} connection limit 40`)
  const stands = async () => [
    ...(await sql`select datconnlimit, array(select unnest(datacl)::text order by 1) as acl
      from pg_database where datname = ${name}`),
  ]
  const before = await stands()
  await restore(url, file, Date.now())
  expect(await stands()).toEqual(before)
  expect(before[0]?.['acl']).not.toContain('=Tc/postgres')
})

const ODD = [`san.xin "三心" 100% a'b_restoring_`, '江门市12345政务服务便民热线数据库', 'n'.repeat(63)]

test.for(ODD)('R5.18 a database of an odd or long name (%s) is backed up and restored, twice', async (named) => {
  const sql = connect()
  const { url, file } = await backedUp(sql, { named })
  // Whatever is called so by others is not a restore's.
  await sql`create database odd_restoring_room`
  onTestFinished(async () => void (await sql`drop database odd_restoring_room`))
  const at = Date.now()
  const kept = [await restore(url, file, at), await restore(url, file, at + 1000)].map(({ keptAs }) => keptAs)
  expect(await isOpen(url)).toBe(true)
  const all = (await sql`select datname from pg_database`).map(({ datname }) => String(datname))
  expect(all).toEqual(expect.arrayContaining([named, ...kept]))
  expect(new Set(kept).size).toBe(2)
})
