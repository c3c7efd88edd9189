import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { must } from '../../shared/errors.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { migrate } from '../../central/db/migrate.ts'
import { appendFeed } from '../../central/feed/sql.ts'
import { dbContract, migrationCount } from './db-contract.ts'
import { shippedBodies } from '../../shared/tables/tables.ts'
import { replyLater } from './db-contract-tables.ts'
import { addOfEachRole, count, openCase, signIn, startCentral, tokenOf } from './db-fixture.ts'
import { startPostgres, type PostgresServer } from './postgres-server.ts'

vi.mock('../../central/people/hash-password.ts', () => import('./quick-hash.ts'))
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let server: PostgresServer
/** One that was brought up once: to copy it takes a fraction of the time of making it. */
const READY = 'sanxin_ready'
let made = 0

beforeAll(async () => {
  // No machine dies here: what waits for the disk is proved by the tests that kill servers.
  server = await startPostgres(null, { settings: ['fsync=off'] })
  const db = openPostgres(await createDatabase(READY, 'template1', 'postgres'))
  await migrate(db)
  await db.close()
})
afterAll(() => server?.stop())

async function createDatabase(name: string, from: string, owner: string): Promise<string> {
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${name} owner ${owner} template ${from}`)
  await admin.end()
  return `postgres://${owner}@127.0.0.1:${server.port}/${name}`
}

/** A new database that is a copy of another one; answers its address for its owner. */
function newDatabase(from = READY, owner = 'postgres'): Promise<string> {
  made += 1
  return createDatabase(`sanxin_${made}`, from, owner)
}

const open = async (from?: string) => openPostgres(await newDatabase(from))

dbContract('PostgreSQL 15', open, () => open('template1'))

describe('what only several connections can show', () => {
  it('R5.6 a later position waits for an earlier one that has not committed', async () => {
    const url = await newDatabase()
    const db = openPostgres(url)
    const central = await startCentral(db)
    const desk = await signIn(central.app)
    const reader = await signIn(central.app, '1002')
    for (const one of [desk, reader]) await one.sync()
    const held = Promise.withResolvers<void>()
    const appended = Promise.withResolvers<void>()
    const slow = db.tx('sanxin_kb', async (sql) => {
      await appendFeed(sql, [{ kind: 'article', ref: 'slow', storeId: null, team: null }])
      appended.resolve()
      await held.promise
    })
    await appended.promise
    let fastDone = false
    const { caseId, mutation } = openCase()
    const fast = desk.sync([mutation]).then(() => (fastDone = true))
    // The writer stands in the queue for the head's row: seen in the server's own list of waiters.
    await expect
      .poll(() => count(db, `pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))
      .toBe(1)
    expect(await reader.sync()).toMatchObject({ cursor: 0, changes: [] })
    expect(fastDone).toBe(false)
    held.resolve()
    await Promise.all([slow, fast])
    await desk.pullAll()
    expect(desk.cursor).toBe(2)
    expect(desk.cases.has(caseId)).toBe(true)
    expect((await reader.sync()).changes).toEqual([{ kind: 'articleWithdrawn', seq: 1, id: 'slow' }])
    await central.app.close()
    await db.close()
  })

  it('R4.4 two nodes with the same mutation at once: one effect, one answer', async () => {
    const url = await newDatabase()
    const nodes = [await startCentral(openPostgres(url)), await startCentral(openPostgres(url))]
    const desks = await Promise.all(nodes.map(({ app }) => signIn(app, '1001', '01890a5d-ac96-7000-8000-00000000beef')))
    for (let turn = 0; turn < 10; turn += 1) {
      const { caseId, mutation } = openCase()
      const answers = await Promise.all([...desks, ...desks].map((desk) => desk.sync([mutation])))
      for (const answer of answers)
        expect(answer.answers).toEqual([{ id: mutation.id, status: 'applied', revision: 1 }])
      expect(await count(must(nodes[0], 'a node').db, 'case_events where case_id = $1::uuid', [caseId])).toBe(1)
    }
    for (const { app, db } of nodes) {
      await app.close()
      await db.close()
    }
  })

  it('T8 who publishes waits for whoever counts; from then on every node counts by it, and what stood is counted anew', async () => {
    const url = await newDatabase()
    const nodes = [await startCentral(openPostgres(url)), await startCentral(openPostgres(url))] as const
    const [here, there] = nodes
    await addOfEachRole(here.db)
    const { token } = await tokenOf(here.app, 'administrator')
    const desk = await signIn(there.app)
    const openAndTurnOver = async () => {
      const opened = openCase()
      await desk.sync([opened.mutation, replyLater(opened)])
      return opened.caseId
    }
    const dueIn = async (caseId: string) =>
      (
        await here.db.tx('owner', (sql) =>
          sql.query<{ due: number }>('select due - opened_at as due from cases where case_id = $1::uuid', [caseId]),
        )
      )[0]?.due
    const before = await openAndTurnOver()
    const body = shippedBodies.deadlines.map((row) => ({ ...row, span: { minutes: 7 } }))
    const request = { base: 0, body, why: '七分钟' }

    // A batch of the desk stands behind the tables that it has read, and before the row of its store.
    const held = Promise.withResolvers<void>()
    const holding = Promise.withResolvers<void>()
    const blocking = here.db.tx('owner', async (sql) => {
      await sql.query('update stores set created_at = created_at where store_id = $1::uuid', [desk.storeId])
      holding.resolve()
      await held.promise
    })
    await holding.promise
    const waiting = (what: string) => () => count(here.db, `pg_locks where not granted and ${what}`)
    const counted = openAndTurnOver()
    await expect.poll(waiting(`locktype <> 'advisory'`), { timeout: 20_000 }).toBe(1)
    let published = false
    const headers = { authorization: `Bearer ${token}` }
    const publishing = here.app
      .inject({ method: 'PUT', url: '/tables/deadlines', payload: request, headers })
      .then(({ statusCode }) => {
        published = true
        return statusCode
      })
    await expect.poll(waiting(`locktype = 'advisory'`), { timeout: 20_000 }).toBe(1)
    expect(published).toBe(false)
    held.resolve()
    await blocking
    expect(await publishing).toBe(200)
    expect(await dueIn(await openAndTurnOver())).toBe(7 * 60_000)
    for (const caseId of [before, await counted])
      await expect.poll(() => dueIn(caseId), { timeout: 20_000 }).toBe(7 * 60_000)
    for (const { app, db } of nodes) {
      await app.close()
      await db.close()
    }
  })

  it('D9 migrates and works under a login that is no superuser', async () => {
    const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
    await admin.unsafe('create role sanxin_owner login createrole')
    await admin.end()
    const db = openPostgres(await newDatabase('template1', 'sanxin_owner'))
    expect(await migrate(db)).toBe(await migrationCount())
    const central = await startCentral(db)
    const desk = await signIn(central.app)
    expect((await desk.sync([openCase().mutation])).answers).toMatchObject([{ status: 'applied' }])
    await central.app.close()
    await db.close()
  })

  it('D10 a lost database answers 500, applies nothing, and is used again when it is back', async () => {
    const db = openPostgres(await newDatabase())
    const central = await startCentral(db)
    const desk = await signIn(central.app)
    const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
    await admin.unsafe('alter database sanxin_' + made + ' allow_connections false')
    await admin.unsafe(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'sanxin_${made}'`)
    const { mutation } = openCase()
    await expect(desk.sync([mutation])).rejects.toThrow('500 {"code":"internal"}')
    await admin.unsafe('alter database sanxin_' + made + ' allow_connections true')
    await admin.end()
    expect((await desk.sync([mutation])).answers).toMatchObject([{ status: 'applied', revision: 1 }])
    await central.app.close()
    await db.close()
  })

  it('D11 a connection that dies in the middle of the work fails that work alone', async () => {
    const db = openPostgres(await newDatabase(), { connections: 2 })
    const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
    for (let round = 0; round < 3; round += 1) {
      const held = Promise.withResolvers<void>()
      const inside = Promise.withResolvers<number>()
      let wentOn = false
      const work = db.tx('owner', async (sql) => {
        const [row] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid')
        inside.resolve(must(row, 'a row').pid)
        await held.promise
        await sql.query('select 1')
        wentOn = true
      })
      const failed = work.catch((error: { code: string }) => error.code)
      await admin.unsafe(`select pg_terminate_backend(${await inside.promise})`)
      expect(await failed).toBe('CONNECTION_CLOSED')
      held.resolve()
      expect(await count(db, '(select 1) as one')).toBe(1)
      expect(wentOn).toBe(false)
    }
    await admin.end()
    await db.close()
  })

  it('D12 a transaction that finds no free connection in time fails, and is not run later', async () => {
    const db = openPostgres(await newDatabase(), { connections: 1, waitMs: 1000 })
    // Connecting is waited for, too, and may take longer than that on a busy machine.
    await expect.poll(() => db.tx('owner', () => Promise.resolve(true)).catch(() => false)).toBe(true)
    const held = Promise.withResolvers<void>()
    const holding = Promise.withResolvers<void>()
    const first = db.tx('owner', async () => {
      holding.resolve()
      await held.promise
    })
    await holding.promise
    let ran = false
    const second = db.tx('owner', async () => {
      ran = true
    })
    await expect(second).rejects.toMatchObject({ code: 'dbUnavailable' })
    held.resolve()
    await first
    expect(await count(db, '(select 1) as one')).toBe(1)
    expect(ran).toBe(false)
    await db.close()
  })
})
