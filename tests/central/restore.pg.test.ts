/** The drill: an hour after the backup central is restored from it, and the desks bring the hour back. */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../central/app.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import { seedDemoEnrolment } from '../../central/devices/service.ts'
import { seedDemoPeople } from '../../central/people/service.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { selectEventsOf } from '../../central/cases/sql.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { fullForm } from '../store/store-fixture.ts'
import { folder, openDesk, type DrillDesk } from './support/drill-desk.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A node of central on this port (0: any), on the database as it now stands. */
async function startNode(port: number) {
  const db = openPostgres(`${server.url.replace(/\/postgres$/, '')}/central`, { connections: 4 })
  await migrate(db)
  await seedDemoPeople(db, { now: () => Date.now() })
  await seedDemoEnrolment(db)
  const app = await buildApp({ db, clock: { now: () => Date.now() }, ids: { next: uuidv7 } })
  await app.listen({ host: '127.0.0.1', port })
  const at = (app.server.address() as AddressInfo).port
  return {
    db,
    port: at,
    stop: async () => {
      await app.close()
      await db.close()
    },
  }
}

test('R5.8 a backup is restored under a new epoch; the desks bring back what came after it, each thing once', async () => {
  const url = `${server.url.replace(/\/postgres$/, '')}/central`
  const admin = openPostgres(server.url, { connections: 1 })
  onTestFinished(() => admin.close())
  const { default: postgres } = await import('postgres')
  const sql = postgres(server.url, { max: 1 })
  await sql`create database central`
  await sql.end()
  const file = join(folder(), 'central.backup')

  let node = await startNode(0)
  const first = await openDesk(node.port, '1001')
  const second = await openDesk(node.port, '1002')
  for (const desk of [first, second]) await desk.signIn()
  const early = await first.save('备份之前')
  await first.drained()
  await backUp(url, file)
  expect(existsSync(`${file}.part`)).toBe(false)

  // The hour that the backup does not have: a correction, new cases, a fact.
  await first.save('备份之前，后来改过', early.caseId)
  const late = [await first.save('备份之后一'), await second.save('备份之后二')]
  await second.record('after')
  for (const desk of [first, second]) await desk.drained()
  const before = await counts(node.db)
  await node.stop()

  const { keptAs } = await restore(url, file, Date.now())
  node = await startNode(node.port)
  expect((await counts(node.db)).cases).toBe(1)
  // The audit of the backup hangs together and says that it was restored; the policies came with it.
  expect((await verifyAudit(node.db)).flaw).toBeNull()
  const last = await node.db.tx('owner', (tx) => tx.query('select action, object from audit order by seq desc limit 1'))
  expect(last).toEqual([{ action: 'restored', object: keptAs }])
  expect(await node.db.tx('sanxin_reader', (tx) => tx.query('select 1 from cases'))).toEqual([])
  const broughtBack = async () => {
    for (const desk of [first, second]) desk.tick()
    return counts(node.db)
  }
  await expect.poll(broughtBack, { timeout: 20_000 }).toEqual(before)
  for (const desk of [first, second]) await desk.drained()
  const numbers = await node.db.tx('owner', (tx) =>
    tx.query<{ caseNo: string }>('select case_no as "caseNo" from cases'),
  )
  expect(numbers.map(({ caseNo }) => caseNo).toSorted()).toEqual(
    [early, ...late].map(({ caseNo }) => caseNo).toSorted(),
  )
  await node.stop()

  // What stood before is kept, whole.
  const kept = openPostgres(`${server.url.replace(/\/postgres$/, '')}/${keptAs}`, { connections: 1 })
  const check = postgres(server.url, { max: 1 })
  await check`alter database ${check(keptAs)} allow_connections true`
  await check.end()
  expect(await counts(kept)).toEqual(before)
  await kept.close()
})

test('a file that is no backup changes nothing', async () => {
  const url = `${server.url.replace(/\/postgres$/, '')}/central`
  await expect(restore(url, join(folder(), 'nothing'), Date.now())).rejects.toThrow('ENOENT')
  await expect(restore(url, import.meta.filename, Date.now())).rejects.toThrow('--unchecked')
  const unchecked = restore(url, import.meta.filename, Date.now(), { unchecked: true })
  await expect(unchecked).rejects.toThrow('pg_restore')
  const node = await startNode(0)
  expect((await counts(node.db)).cases).toBe(3)
  await node.stop()
})

async function counts(db: Awaited<ReturnType<typeof openPostgres>>) {
  const [row] = await db.tx('owner', (sql) =>
    sql.query<{ cases: number; events: number; facts: number; mutations: number }>(
      `select (select count(*) from cases) as cases, (select count(*) from case_events) as events,
         (select count(*) from call_facts) as facts, (select count(*) from mutations) as mutations`,
    ),
  )
  return row ?? { cases: 0, events: 0, facts: 0, mutations: 0 }
}

test('R5.13 a backup from before the oldest one that desks were told of is refused, and nothing changes; --older takes it', async () => {
  const url = `${server.url.replace(/\/postgres$/, '')}/central`
  const node = await startNode(0)
  onTestFinished(node.stop)
  const file = join(folder(), 'old.backup')
  await backUp(url, file)
  const [mine] = await node.db.tx('owner', (tx) => tx.query<{ at: number }>('select max(at) as at from backups'))
  // The centre keeps backups for so long that only a newer one counts now.
  await node.db.tx('owner', async (tx) => {
    await tx.query('delete from backups')
    await tx.query('insert into backups (at, whole) values ($1::bigint, true)', [(mine?.at ?? 0) + 1])
  })
  const before = await counts(node.db)
  await expect(restore(url, file, Date.now())).rejects.toThrow('--older')
  expect(await counts(node.db)).toEqual(before)
  await node.stop()
  expect((await restore(url, file, Date.now(), { older: true })).keptAs).toMatch(/_before_/)
})

test('R6.7 the drill: words upon what the backup does not have cover nothing that came in its place', async () => {
  const url = `${server.url.replace(/\/postgres$/, '')}/central`
  let node = await startNode(0)
  onTestFinished(() => node.stop())
  const desks = [
    await openDesk(node.port, '1001'),
    await openDesk(node.port, '1002'),
    await openDesk(node.port, '1003'),
  ]
  const [first, second, third] = desks as [DrillDesk, DrillDesk, DrillDesk]
  for (const desk of desks) await desk.signIn()
  const { caseId } = await first.save('大家看到的')
  await first.drained()
  const hears = (desk: DrillDesk, text: string) =>
    expect
      .poll(
        () => {
          desk.tick()
          return desk.db.prepare('SELECT events FROM cases WHERE case_id = ?').pluck().get(caseId)
        },
        { timeout: 20_000 },
      )
      .toContain(text)
  for (const desk of [second, third]) {
    await desk.ask('case.ofCaller', { phone: fullForm.callerPhone })
    await hears(desk, '大家看到的')
  }

  const file = join(folder(), 'hour.backup')
  await backUp(url, file)
  await second.save('乙在备份之后写的', caseId)
  await second.drained()
  await hears(first, '乙在备份之后写的')
  await node.stop()
  await restore(url, file, Date.now())

  // Central is still away: she goes on from the lost words, a colleague from what was before them.
  await first.save('甲看过乙的之后写的', caseId)
  await third.save('丙写的', caseId)
  node = await startNode(node.port)
  await third.drained()
  const stands = async () => {
    for (const desk of desks) desk.tick()
    const events = await node.db.tx('owner', (tx) => selectEventsOf(tx, [caseId]))
    const record = foldCase(null, caseId, events.get(caseId) ?? [])
    const late = record?.late.map((one) => (one.group === 'content' ? one.value.text : one.group))
    return { content: record?.groups.content.text, late: late?.toSorted() }
  }
  await expect
    .poll(stands, { timeout: 20_000 })
    .toEqual({ content: '丙写的', late: ['乙在备份之后写的', '甲看过乙的之后写的'].toSorted() })
  for (const desk of desks) expect(await desk.ask('sync.refused', null)).toEqual([])
})
