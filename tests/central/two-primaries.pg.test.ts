/** A standby is promoted and nobody fenced the old primary off: both take writes, and a node works on the newer one. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../central/app.ts'
import type { Db } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

/** A migrated primary, and a standby that has all of it. */
async function startCluster() {
  const primary = await startPostgres()
  onTestFinished(() => primary.stop())
  const url = await createDatabase(primary)
  const db = openPostgres(url, { connections: 1 })
  await migrate(db)
  await db.close()
  // As a login that is no superuser: its central works all the same.
  await run(primary, 'create role plain login', 'grant sanxin_people, sanxin_live to plain')
  const standby = await startPostgres(primary)
  onTestFinished(() => standby.stop())
  return { primary, standby }
}

async function run(server: PostgresServer, ...statements: readonly string[]): Promise<void> {
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined })
  for (const statement of statements) await sql.unsafe(statement)
  await sql.end()
}

/** A pool on these servers; `lookMs` says how often it looks at all of them. */
function open(servers: readonly PostgresServer[], lookMs = 20): Db {
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',')
  const db = openPostgres(`postgres://plain@${hosts}/central`, { connections: 3, lookMs, waitMs: 2000 })
  onTestFinished(() => db.close())
  return db
}

const write = (db: Db) =>
  db.tx('sanxin_people', (sql) =>
    sql.query(`insert into staff (staff_no, name, role, password_hash) values (gen_random_uuid(), '', 'auditor', '')`),
  )

async function writtenOn({ url }: PostgresServer): Promise<unknown> {
  const sql = postgres(url.replace(/\/postgres$/, '/central'), { max: 1 })
  const [row] = await sql`select count(*)::int as n from staff`
  await sql.end()
  return row?.['n']
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : error)

const NEVER_MS = 2 ** 30

async function portOf(db: Db): Promise<number> {
  const [row] = await db.tx('sanxin_people', (sql) => sql.query<{ port: number }>('select inet_server_port() as port'))
  return row?.port ?? 0
}

/** Where each of several that run at once stands. */
const portsOf = async (db: Db) => [...new Set(await Promise.all(Array.from({ length: 12 }, () => portOf(db))))]

test('D21 a node that works on the old primary leaves it once another was promoted, without its being fenced off', async () => {
  const { primary, standby } = await startCluster()
  const db = open([primary, standby])
  expect(await portsOf(db)).toEqual([primary.port])
  await run(standby, 'select pg_promote()')
  await expect.poll(() => portsOf(db).catch(String), { interval: 1 }).toEqual([standby.port])
  expect(await portsOf(db)).toEqual([standby.port])
})

test('D21 a node that starts while both take writes takes the newer one, whichever is named first', async () => {
  const { primary, standby } = await startCluster()
  await run(standby, 'select pg_promote()')
  expect(await portsOf(open([primary, standby], NEVER_MS))).toEqual([standby.port])
  expect(await portsOf(open([standby, primary], NEVER_MS))).toEqual([standby.port])
})

test('D21 what a transaction on the old primary was about to do is not done, and /health says why', async () => {
  const { primary, standby } = await startCluster()
  const db = open([primary, standby])
  const app = await buildApp({ db, clock: { now: () => Date.now() }, ids: { next: uuidv7 } })
  onTestFinished(() => app.close())
  await run(standby, 'select pg_promote()')
  await expect.poll(() => portsOf(db).catch(String), { interval: 1 }).toEqual([standby.port])
  await standby.kill()

  // The old one alone is left, and takes writes.
  await expect.poll(() => write(db).then(() => 'written', codeOf), { interval: 1 }).toBe('stalePrimary')
  const health = await app.inject('/health')
  expect([health.statusCode, health.json()]).toEqual([503, expect.objectContaining({ reason: 'stalePrimary' })])
  expect(await writtenOn(primary)).toBe(0)
})

test('D21 a primary of another cluster is not taken for one that was promoted', async () => {
  const [primary, stranger] = [await startPostgres(null, { bare: true }), await startPostgres(null, { bare: true })]
  onTestFinished(async () => void (await Promise.all([primary.stop(), stranger.stop()])))
  for (const server of [primary, stranger]) {
    await createDatabase(server)
    await run(server, 'create role plain login', 'create role sanxin_people', 'grant sanxin_people to plain')
  }
  const ports = await portsOf(open([primary, stranger]))
  expect(ports).toHaveLength(1)
})

test('D21 behind one address that leads to the newer primary and back to the old one, nothing is done on the old one', async () => {
  const { primary, standby } = await startCluster()
  await run(standby, 'select pg_promote()')
  let to = standby.port
  const ways = new Set<Socket>()
  const address = createServer((from) => {
    const on = connect(to, '127.0.0.1')
    ways.add(from)
    from.on('error', () => on.destroy()).on('close', () => on.destroy())
    on.on('error', () => from.destroy()).on('close', () => from.destroy())
    from.pipe(on).pipe(from)
  })
  await new Promise<void>((resolve) => address.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void address.close())
  const db = open([{ ...primary, port: (address.address() as AddressInfo).port }])
  expect(await portsOf(db)).toEqual([standby.port])
  to = primary.port
  for (const way of ways) way.destroy()
  await expect.poll(() => portOf(db).catch(codeOf), { interval: 1 }).toBe('stalePrimary')
  await Promise.allSettled(Array.from({ length: 9 }, () => write(db)))
  expect(await writtenOn(primary)).toBe(0)
  to = standby.port
  await expect.poll(() => portOf(db).catch(codeOf), { interval: 1 }).toBe(standby.port)
})

test('D21 of two that take writes the newer one is backed up and restored over, whichever is named first', async () => {
  const { primary, standby } = await startCluster()
  await run(standby, 'select pg_promote()')
  const both = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/central`
  await write(open([standby]))
  const file = join(folder(), 'b')
  await backUp(both, file)
  const at = Date.now()
  const { keptAs } = await restore(both, file, at)
  expect([await writtenOn(primary), await writtenOn(standby)]).toEqual([0, 1])
  const databases = async ({ url }: PostgresServer) => {
    const sql = postgres(url, { max: 1 })
    const rows = await sql`select datname from pg_database`
    await sql.end()
    return rows.map(({ datname }) => String(datname))
  }
  expect(await databases(standby)).toContain(keptAs)
  expect(await databases(primary)).not.toContain(keptAs)
})
