/** The primary is lost with its machine, and its standby takes over while desks are at work. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { startCentral } from '../../build/stack/stack.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase, differences } from './support/drill-central.ts'
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

/** The documented command, as a person at central runs it. */
function promote(standby: PostgresServer): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../central/ops/promote.ts')], {
    env: { ...process.env, SANXIN_CENTRAL_DATABASE_URL: urlOn(standby) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** A node on both servers, of which it takes the primary, and desks at work on it. */
async function startWork({ primary, standby }: Cluster) {
  await createDatabase(primary)
  const both = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/central`
  const node = await startCentral({ databaseUrl: `${both}?target_session_attrs=primary` })
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

async function look(server: PostgresServer) {
  const db = openPostgres(urlOn(server), { connections: 1 })
  try {
    const [row] = await db.tx('owner', (sql) =>
      sql.query<{ epoch: string; cases: number }>('select epoch, (select count(*) from cases) as cases from feed_head'),
    )
    return row ?? { epoch: '', cases: 0 }
  } finally {
    await db.close()
  }
}

/** All comes right by itself, once the desks have spoken with the new primary. */
async function expectWhole(server: PostgresServer, { desks, done }: Awaited<ReturnType<typeof startWork>>) {
  const db = openPostgres(urlOn(server), { connections: 1 })
  onTestFinished(() => db.close())
  const compare = () => {
    for (const desk of desks) desk.tick()
    return differences(db, desks, done)
  }
  await expect.poll(compare, { timeout: 30_000 }).toEqual([])
  const promoted = await db.tx('owner', (sql) => sql.query(`select actor from audit where action = 'promoted'`))
  expect(promoted).toEqual([{ actor: null }])
  expect((await verifyAudit(db)).flaw).toBeNull()
}

test('R5.9 a synchronous standby is promoted under load: nothing acknowledged is missing, all desks go on', async () => {
  const cluster = await startCluster()
  const { primary, standby } = cluster
  await onServer(primary, `alter system set synchronous_standby_names = '*'`, 'select pg_reload_conf()')
  const load = await startWork(cluster)
  await load.work('之前')
  for (const desk of load.desks) await desk.drained()
  const acknowledged = load.done.saved.length
  const { epoch } = await look(primary)

  await load.work('断电时')
  await primary.kill()
  await load.work('断电后')
  promote(standby)

  const after = await look(standby)
  expect(after.epoch).not.toBe(epoch)
  expect(after.cases).toBeGreaterThanOrEqual(acknowledged)
  await load.work('接管后')
  await expectWhole(standby, load)
})

test('R5.9 what an asynchronous standby had not yet, the desks bring back', async () => {
  const cluster = await startCluster()
  const { primary, standby } = cluster
  const load = await startWork(cluster)
  await load.work('之前')
  for (const desk of load.desks) await desk.drained()
  await expect.poll(async () => (await look(standby)).cases).toBe(load.done.saved.length)

  // The standby hears no more: what is acknowledged now stands on the primary alone.
  await onServer(standby, `alter system set primary_conninfo = ''`, 'select pg_reload_conf()')
  const sql = postgres(standby.url, { max: 1 })
  await expect.poll(async () => (await sql`select 1 from pg_stat_wal_receiver`).length).toBe(0)
  await sql.end()
  await load.work('只在主库')
  for (const desk of load.desks) await desk.drained()
  const acknowledged = load.done.saved.length
  await primary.kill()
  promote(standby)

  expect((await look(standby)).cases).toBeLessThan(acknowledged)
  await expectWhole(standby, load)
})
