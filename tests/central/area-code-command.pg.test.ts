/** The command by which a centre that was set up under a wrong area code is put right, as a person at central runs it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../build/stack/central-reader.ts'
import { rekey } from '../../central/numbers/service.ts'
import { selectNumberPlan } from '../../central/numbers/sql.ts'
import { numberKey } from '../../shared/phone-number.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import type { Db } from '../../central/db/db.ts'
import { startCentral } from '../../build/stack/stack.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { openCase, signIn, startCentral as startApp } from '../contract/db-fixture.ts'
import { createDatabase } from './support/drill-central.ts'

let server: PostgresServer
let databaseUrl: string
let db: Db
beforeAll(async () => {
  server = await startPostgres()
  databaseUrl = await createDatabase(server)
  db = openPostgres(databaseUrl, { connections: 3 })
})
afterAll(async () => {
  await db.close()
  await server.stop()
})

function run(...args: string[]) {
  const command = join(import.meta.dirname, '../../central/ops/area-code.ts')
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: databaseUrl }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('H21.3 H21.4 a node refuses an area code that the numbers are not kept under, and takes it after the command', async () => {
  const { app } = await startApp(db)
  const desk = await signIn(app)
  await desk.sync([openCase('36005001', '路灯').mutation])
  await app.close()

  const wrong = ['', '0755', '86', 'abc'].map((code) => run(code))
  expect(wrong.map(({ status }) => status)).toEqual([2, 2, 2, 2])
  const asked = { databaseUrl, central: { SANXIN_CENTRAL_AREA_CODE: '755' } }
  await expect(startCentral(asked)).rejects.toThrow('central/ops/area-code.ts 755')

  const done = run('755')
  expect([done.status, JSON.parse(done.stdout)]).toEqual([
    0,
    { event: 'rekeyed', to: '755', from: '750', callers: 1, calls: 0, legs: 0 },
  ])
  expect(run('755')).toMatchObject({ status: 1, stderr: expect.stringContaining('区号已经是 755') })
  const node = await startCentral(asked)
  await node.child.stop()
  const keys = await db.tx('owner', (sql) => sql.query('select phone_key as key from callers'))
  expect(keys).toEqual([{ key: '8675536005001' }])
})

/** Until somebody waits for the plan. */
async function somebodyWaits(): Promise<'waits'> {
  const locks = `select from pg_locks where not granted and relation = 'number_plan'::regclass limit 1`
  await until(async () => (await db.tx('owner', (sql) => sql.query(locks))).length > 0, 'somebody who waits')
  return 'waits'
}

test('H21.4 who makes a key under the old area code is waited for, and keyed anew with the rest', async () => {
  const by = { actor: 'ops:test', at: 1000 }
  const callId = 'in-between'
  let done: Promise<unknown> = Promise.resolve()
  await db.tx('owner', async (sql) => {
    const { areaCode } = await selectNumberPlan(sql)
    done = rekey(db, '20', by)
    expect(await Promise.race([done, somebodyWaits()])).toBe('waits')
    await sql.query(`insert into calls (call_id, number, phone_key) values ($1::text, '83500123', $2::text)`, [
      callId,
      numberKey('83500123', areaCode),
    ])
  })
  expect(await done).toMatchObject({ ok: true, value: { from: '755', calls: 1 } })
  expect(await db.tx('owner', (sql) => sql.query('select phone_key as key from calls'))).toEqual([
    { key: '862083500123' },
  ])
})
