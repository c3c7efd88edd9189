/** The command that backs up, as an administrator runs it, and stops it. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { restore } from '../../central/ops/restore.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

let server: PostgresServer
let databaseUrl: string
beforeAll(async () => {
  server = await startPostgres()
  databaseUrl = await createDatabase(server)
  const db = openPostgres(databaseUrl, { connections: 1 })
  await migrate(db)
  await db.close()
})
afterAll(() => server.stop())

const command = (name: string) => join(import.meta.dirname, `../../central/ops/${name}.ts`)
const env = () => ({ ...process.env, SANXIN_CENTRAL_DATABASE_URL: databaseUrl })

function run(name: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command(name), ...args], {
    env: env(),
    cwd,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function connect(): postgres.Sql {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined })
  onTestFinished(() => sql.end())
  return sql
}

test('R5.17 a backup is made once under a name; what is no name makes none', async () => {
  const place = folder()
  const first = run('backup', ['b'], place)
  expect([first.status, JSON.parse(first.stdout)]).toEqual([
    0,
    { event: 'backedUp', file: 'b', bytes: expect.any(Number) },
  ])
  const before = readFileSync(join(place, 'b'))
  const again = run('backup', ['b'], place)
  expect(again).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('文件已存在') })
  expect(again.stderr).not.toContain('    at ')
  expect(run('backup', ['--help'], place)).toMatchObject({ status: 2, stderr: expect.stringContaining('用法') })
  expect(run('backup', ['c', 'd'], place).status).toBe(2)
  expect(run('restore', ['--older'], place).status).toBe(2)
  expect(readdirSync(place)).toEqual(['b'])
  expect(readFileSync(join(place, 'b')).equals(before)).toBe(true)
  // What failed is promised to no desk.
  expect(await connect()`select whole from backups`).toEqual([{ whole: true }])
})

test('R5.17 a backup that is stopped leaves no file, no half of one and nobody at work', async () => {
  const place = folder()
  const sql = connect()
  const atWork = async () =>
    (await sql`select 1 from pg_stat_activity where application_name = 'pg_dump' and wait_event_type = 'Lock'`).length
  await sql.begin(async (tx) => {
    // It waits for a table, with its file begun.
    await tx`lock table cases in access exclusive mode`
    const child = spawn(process.execPath, [command('backup'), 'b'], { env: env(), cwd: place, stdio: 'ignore' })
    await expect.poll(atWork).toBe(1)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([1, null])
  })
  await expect
    .poll(async () => (await sql`select 1 from pg_stat_activity where application_name = 'pg_dump'`).length)
    .toBe(0)
  expect(readdirSync(place)).toEqual([])
  expect(await sql`select 1 from backups where not whole`).toEqual([])
})

test('R5.17 a backup that was changed or cut since it was written is not restored, and nothing changes', async () => {
  const place = folder()
  const file = join(place, 'b')
  expect(run('backup', ['b'], place).status).toBe(0)
  const whole = readFileSync(file)
  const databases = () => connect()`select datname, oid::int from pg_database order by 1`
  const before = await databases()
  // In the list of what the dump holds nothing else would see it: a policy of who reads what, for example.
  const policy = Buffer.from(whole)
  policy.write('case_id <> ', whole.indexOf('case_id = ', whole.indexOf('CREATE POLICY')))
  const lengths = [0, 0.1 * whole.length, 0.5 * whole.length, 0.9 * whole.length, whole.length - 88]
  const cut = lengths.map((length) => whole.subarray(0, Math.floor(length)))
  for (const bad of [policy, ...cut]) {
    writeFileSync(file, bad)
    await expect(restore(databaseUrl, file, Date.now())).rejects.toThrow(/SHA-256|pg_restore/)
  }
  expect(await databases()).toEqual(before)
})
