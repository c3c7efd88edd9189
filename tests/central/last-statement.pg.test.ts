/** The last statement of a transaction goes along with its commit; on a real server, for only there is another connection to see it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

let server: PostgresServer
let db: Db
let other: Db
beforeAll(async () => {
  server = await startPostgres()
  db = openPostgres(server.url, { connections: 1 })
  other = openPostgres(server.url, { connections: 1 })
  await db.tx('owner', (sql) =>
    sql.script(`create table parents (id int primary key);
      create table children (id int primary key, parent int references parents deferrable initially deferred)`),
  )
})
beforeEach(() => db.tx('owner', (sql) => sql.script('truncate children, parents')))
afterAll(async () => {
  await db.close()
  await other.close()
  await server.stop()
})

const children = async (of: Db) =>
  (await of.tx('owner', (sql) => sql.query<{ id: number }>('select id from children order by id'))).map(({ id }) => id)

test('D17 once it resolves everything stands, before the transaction’s own work is over', async () => {
  const seen = await db.tx('owner', async (sql) => {
    await sql.query('insert into parents values (1)')
    const rows = await sql.last<{ id: number }>('insert into children values ($1::int, 1) returning id', [7])
    expect(rows).toEqual([{ id: 7 }])
    return children(other)
  })
  expect(seen).toEqual([7])
})

test('D17 nothing may follow it, and what was committed stays', async () => {
  const followed = db.tx('owner', async (sql) => {
    await sql.last('insert into parents values (1)')
    await sql.query('insert into parents values (2)')
  })
  await expect(followed).rejects.toThrow('after the last one')
  expect(await other.tx('owner', (sql) => sql.query('select id from parents'))).toEqual([{ id: 1 }])
})

test('D17 where it fails nothing of the transaction stands, and the connection goes on', async () => {
  const failed = db.tx('owner', async (sql) => {
    await sql.query('insert into parents values (1)')
    await sql.last('insert into children values (1, 1), (1, 1)')
  })
  await expect(failed).rejects.toMatchObject({ code: '23505' })
  expect(await db.tx('owner', (sql) => sql.query('select id from parents'))).toEqual([])
})

test('D17 what the commit itself refuses is refused, and so is what a statement before it broke', async () => {
  const orphan = db.tx('owner', (sql) => sql.last('insert into children values (1, 99)'))
  await expect(orphan).rejects.toMatchObject({ code: '23503' })
  const broken = db.tx('owner', async (sql) => {
    const before = sql.query('insert into nowhere values (1)')
    await Promise.all([before, sql.last('insert into parents values (1)')])
  })
  await expect(broken).rejects.toMatchObject({ code: '42P01' })
  expect(await children(db)).toEqual([])
  expect(await db.tx('owner', (sql) => sql.query('select id from parents'))).toEqual([])
})
