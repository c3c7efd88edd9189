/** The primary is lost with its machine, and its standby takes over while desks are at work. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import postgres from 'postgres'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { startCentral } from '../../build/stack/stack.ts'
import { buildApp } from '../../central/app.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { selectHead } from '../../central/feed/sql.ts'
import { migrate } from '../../central/db/migrate.ts'
import { promote as promoteHere } from '../../central/ops/promote.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase, differences, missing } from './support/drill-central.ts'
import { openDesk, type DrillDesk } from './support/drill-desk.ts'

type Cluster = { readonly primary: PostgresServer; readonly standby: PostgresServer }

/** Runs statements on a server itself, outside of transactions. */
async function onServer(server: PostgresServer, ...statements: readonly string[]): Promise<void> {
  const sql = postgres(server.url, { max: 1 })
  for (const statement of statements) await sql.unsafe(statement)
  await sql.end()
}

async function startCluster(): Promise<Cluster> {
  const primary = await startPostgres()
  onTestFinished(() => primary.stop())
  const standby = await startPostgres(primary)
  onTestFinished(() => standby.stop())
  return { primary, standby }
}

const urlOn = ({ port }: PostgresServer) => `postgres://postgres@127.0.0.1:${port}/central`

/** The documented command, as a person at central runs it; answers what it said. */
function promote(standby: PostgresServer): unknown {
  const said = execFileSync(process.execPath, [join(import.meta.dirname, '../../central/ops/promote.ts')], {
    env: { ...process.env, SANXIN_CENTRAL_DATABASE_URL: urlOn(standby) },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 30_000,
  })
  return JSON.parse(said)
}

/** A node on both servers, of which it takes the primary, and desks at work on it. */
async function startWork({ primary, standby }: Cluster) {
  await createDatabase(primary, 'central', 'demo')
  const both = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/central`
  const node = await startCentral({ databaseUrl: both })
  onTestFinished(async () => {
    await node.child.stop()
  })
  const desks: DrillDesk[] = []
  for (const staffNo of ['1001', '1002', '1003']) {
    const desk = await openDesk(Number(new URL(node.url).port), staffNo)
    await desk.signIn()
    desks.push(desk)
  }
  const saved: string[] = []
  const recorded: string[] = []
  return {
    desks,
    done: { saved, recorded },
    /** What the desks were told is applied, by now. */
    told: () => new Set(desks.flatMap((desk) => [...desk.applied])),
    work: async (round: string) => {
      for (const [index, desk] of desks.entries()) {
        const { caseId } = await desk.save(`${round} ${index}`)
        saved.push(caseId)
        recorded.push(`${round} ${index}`)
        await desk.record(`${round} ${index}`)
        desk.tick()
      }
    },
  }
}

/** Reads on a server, whatever it is. */
async function look<T>(server: PostgresServer, read: (db: Db) => Promise<T>): Promise<T> {
  const db = openPostgres(urlOn(server), { connections: 1, standby: true })
  try {
    return await read(db)
  } finally {
    await db.close()
  }
}

const epochOn = (server: PostgresServer) => look(server, async (db) => (await db.tx('owner', selectHead)).epoch)

/** How many of what desks were told a server lacks, before any desk has sent again. */
const lost = (server: PostgresServer, told: Iterable<string>) =>
  look(server, async (db) => (await missing(db, told)).length)

/** All comes right by itself, once the desks have spoken with the new primary. */
async function expectEqual(server: PostgresServer, { desks, done }: Awaited<ReturnType<typeof startWork>>) {
  await look(server, async (db) => {
    const compare = () => {
      for (const desk of desks) desk.tick()
      return differences(db, desks, done)
    }
    await expect.poll(compare, { timeout: 30_000 }).toEqual([])
  })
}

/** The audit says that the server was promoted, and is whole. */
async function expectPromoted(server: PostgresServer) {
  await look(server, async (db) => {
    const promoted = await db.tx('owner', (sql) => sql.query(`select actor from audit where action = 'promoted'`))
    expect(promoted).toEqual([{ actor: null }])
    expect((await verifyAudit(db)).flaw).toBeNull()
  })
}

async function expectWhole(server: PostgresServer, load: Awaited<ReturnType<typeof startWork>>) {
  await expectEqual(server, load)
  await expectPromoted(server)
}

test('R5.9 a synchronous standby is promoted under load: nothing acknowledged is missing, all desks go on', async () => {
  const cluster = await startCluster()
  const { primary, standby } = cluster
  await onServer(primary, `alter system set synchronous_standby_names = '*'`, 'select pg_reload_conf()')
  const load = await startWork(cluster)
  await load.work('之前')
  for (const desk of load.desks) await desk.drained()
  const epoch = await epochOn(primary)

  // The primary dies with requests on the way, at the first word that something of them is applied.
  const before = load.told().size
  await load.work('断电时')
  const ticking = () => {
    // A tick that came while something was on the way has set no timer off.
    for (const desk of load.desks) desk.tick()
    return load.told().size
  }
  await expect.poll(ticking, { interval: 1 }).toBeGreaterThan(before)
  await primary.kill()
  await load.work('断电后')
  // All that was told so far the old primary had committed: there is no other yet.
  const told = load.told()
  expect(promote(standby)).toEqual({ event: 'promoted', wasStandby: true, waitsFor: '' })

  // No desk has sent anything again: that waits for a timer, and none has run since.
  expect(await lost(standby, told)).toBe(0)
  expect(await epochOn(standby)).not.toBe(epoch)
  await load.work('接管后')
  await expectWhole(standby, load)
  for (const desk of load.desks) expect(desk.sentAgain()).toBeGreaterThan(0)
})

/** A standby that hears no more: what is acknowledged from now on stands on the primary alone. */
async function deafen(standby: PostgresServer): Promise<void> {
  await onServer(standby, `alter system set primary_conninfo = ''`, 'select pg_reload_conf()')
  const sql = postgres(standby.url, { max: 1 })
  await expect.poll(async () => (await sql`select 1 from pg_stat_wal_receiver`).length).toBe(0)
  await sql.end()
}

test('R5.9 what an asynchronous standby had not yet, the desks bring back', async () => {
  const cluster = await startCluster()
  const { primary, standby } = cluster
  const load = await startWork(cluster)
  await load.work('之前')
  for (const desk of load.desks) await desk.drained()
  await expect.poll(() => lost(standby, load.told())).toBe(0)
  await deafen(standby)
  await load.work('只在主库')
  for (const desk of load.desks) await desk.drained()
  const told = load.told()
  await primary.kill()
  promote(standby)

  // Each desk: a case is opened, a reply is written, a fact is told.
  expect(await lost(standby, told)).toBe(9)
  await expectWhole(standby, load)
  expect(await lost(standby, told)).toBe(0)
})

test('R5.9 a standby that was promoted without the command is another central, too; the command may come later', async () => {
  const cluster = await startCluster()
  const { primary, standby } = cluster
  const load = await startWork(cluster)
  await load.work('之前')
  for (const desk of load.desks) await desk.drained()
  await expect.poll(() => lost(standby, load.told())).toBe(0)
  const epoch = await epochOn(primary)
  await deafen(standby)
  await load.work('只在主库')
  for (const desk of load.desks) await desk.drained()
  const told = load.told()
  await primary.kill()
  await onServer(standby, 'select pg_promote()')
  expect(await lost(standby, told)).toBe(9)
  expect(await epochOn(standby)).not.toBe(epoch)
  await expectEqual(standby, load)

  // Its settings may be a copy of its primary's, which wait for a standby: the command does not.
  await onServer(standby, `alter system set synchronous_standby_names = '*'`, 'select pg_reload_conf()')
  expect(promote(standby)).toEqual({ event: 'promoted', wasStandby: false, waitsFor: '*' })
  await onServer(standby, 'alter system reset synchronous_standby_names', 'select pg_reload_conf()')
  await expectPromoted(standby)
})

test('D16 a node on a standby alone does not serve; the command refuses several hosts', async () => {
  const { primary, standby } = await startCluster()
  const databaseUrl = await createDatabase(primary)
  const both = databaseUrl.replace(`:${primary.port}/`, `:${primary.port},127.0.0.1:${standby.port}/`)
  const db = openPostgres(databaseUrl, { connections: 1 })
  await migrate(db)
  await db.close()
  await expect
    .poll(() =>
      look(
        standby,
        async (there) => (await there.tx('owner', (sql) => sql.query('select 1 from feed_head'))).length,
      ).catch(() => 0),
    )
    .toBe(1)
  const past = openPostgres(urlOn(standby), { connections: 1 })
  const app = await buildApp({ db: past, clock: { now: () => Date.now() }, ids: { next: uuidv7 } })
  expect((await app.inject('/health')).statusCode).toBe(503)
  await app.close()
  await past.close()
  await expect(promoteHere(both, 1)).rejects.toThrow('name the standby alone')
})
