/** What a backup is tells whether it is restored, before anything of it is. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Tx } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore, type RestoreOptions } from '../../central/ops/restore.ts'
import { BackupRefused, OfAnother, TooOld } from '../../central/ops/what-backup.ts'
import { StoodLost } from '../../central/ops/what-stood.ts'
import { BIN, startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Does this to a database as its owner. */
async function as<T>(url: string, work: (sql: Tx) => Promise<T>): Promise<T> {
  const db = openPostgres(url, { connections: 1 })
  try {
    return await db.tx('owner', work)
  } finally {
    await db.close()
  }
}

/** A central, brought up. */
async function central(name: string): Promise<string> {
  const url = await createDatabase(server, name)
  const db = openPostgres(url, { connections: 1 })
  await migrate(db)
  await db.close()
  return url
}

async function backupOf(url: string): Promise<string> {
  const file = join(folder(), 'b')
  await backUp(url, file)
  return file
}

async function databases(): Promise<unknown> {
  const sql = postgres(server.url, { max: 1 })
  onTestFinished(() => sql.end())
  return [...(await sql`select datname, oid::int from pg_database order by 1`)]
}

/** Why it is not restored; nothing of it was, and nothing has changed. */
async function refusal(url: string, file: string, options: RestoreOptions = {}): Promise<unknown> {
  const before = await databases()
  const done: string[] = []
  const heard = (what: string) => () => void done.push(what)
  const why = await restore(url, file, Date.now(), { ...options, heard }).then(
    () => null,
    (error: unknown) => error,
  )
  expect(done).not.toContain('restoring')
  expect(await databases()).toEqual(before)
  return why
}

test('R5.21 a backup of newer code is refused before anything of it is restored', async () => {
  const url = await central('newer')
  const later = `insert into schema_migrations (number, name, checksum) values (9999, '9999-later.sql', '')`
  await as(url, (sql) => sql.query(later))
  const file = await backupOf(url)
  await as(url, (sql) => sql.query('delete from schema_migrations where number = 9999'))
  const why = await refusal(url, file)
  expect(why).toBeInstanceOf(BackupRefused)
  expect(String(why)).toMatch(/什么都没有改动.*nothing was changed.*更新的程序.*9999-later\.sql/)
})

test('R5.21 a backup that is too old is refused before anything of it is restored', async () => {
  const url = await central('too_old')
  const file = await backupOf(url)
  await as(url, (sql) => sql.query('update backups set at = at + 1'))
  expect(await refusal(url, file)).toBeInstanceOf(TooOld)
})

test('R5.21 a dump without a central in it does not take the place of one', async () => {
  const url = await central('stands')
  const none = await createDatabase(server, 'no_central')
  const file = join(folder(), 'b')
  const dump = () => execFileSync(join(BIN, 'pg_dump'), ['--format=custom', '--file', file, '--dbname', none])
  dump()
  expect(await refusal(url, file, { older: true, other: true, unchecked: true })).toBeInstanceOf(BackupRefused)
  await as(none, (sql) => sql.script('create table schema_migrations (number int, name text, checksum text)'))
  await as(none, (sql) => sql.script('alter table schema_migrations add column applied_at timestamptz'))
  await as(none, (sql) => sql.script('create table backups (at bigint, whole boolean)'))
  dump()
  expect(await refusal(url, file, { older: true, other: true, unchecked: true })).toBeInstanceOf(BackupRefused)
})

const PERSON = `insert into staff (staff_no, name, role, password_hash) values ('1001', 'A', 'auditor', $1::text)`
const PASSWORD = `select password_hash as hash from staff where staff_no = '1001'`

test('R5.21 a backup of another database is refused; --other takes it, and nothing of the people who stood', async () => {
  const [url, another] = [await central('this_centre'), await central('another_centre')]
  await as(url, (sql) => sql.query(PERSON, ['of this one']))
  await as(another, (sql) => sql.query(PERSON, ['of another']))
  const file = await backupOf(another)
  const why = await refusal(url, file, { older: true })
  expect(why).toBeInstanceOf(OfAnother)
  expect(String(why)).toContain('--other')
  expect((await restore(url, file, Date.now(), { other: true })).shut.people).toBeNull()
  expect(await as(url, (sql) => sql.query(PASSWORD))).toEqual([{ hash: 'of another' }])
  // It is this one now: with a backup of its own it needs nothing said.
  expect((await restore(url, await backupOf(url), Date.now() + 5000)).shut.people).toBe(0)
})

test.each(['sessions', 'outbox'])(
  'R5.19 R5.22 what could be read as a restore began and cannot at its end (%s) ends it, and nothing has changed',
  async (table) => {
    const url = await central(`lost_${table}`)
    const file = await backupOf(url)
    let renamed = false
    const heard = (what: string) => () => {
      if (what !== 'restoring' || renamed) return
      renamed = true
      execFileSync(join(BIN, 'psql'), ['-q', '-c', `alter table ${table} rename to was_${table}`, url])
    }
    const before = await databases()
    await expect(restore(url, file, Date.now(), { heard })).rejects.toThrow(StoodLost)
    expect(await databases()).toEqual(before)
    await as(url, (sql) => sql.query(`alter table was_${table} rename to ${table}`))
    expect(await restore(url, file, Date.now() + 5000)).toMatchObject({ shut: { people: 0 }, told: 0 })
  },
)

test('R5.21 R5.19 --other over the same centre takes over who was shut out, though at first nobody could read whose it is', async () => {
  const url = await central('other_blink')
  await as(url, (sql) => sql.query(PERSON, ['of this one']))
  const file = await backupOf(url)
  await as(url, (sql) => sql.query(`update staff set active = false where staff_no = '1001'`))
  const rename = (from: string, to: string) => `alter table ${from} rename to ${to}`
  await as(url, (sql) => sql.query(rename('schema_migrations', 'was_migrations')))
  let renamed = false
  const heard = (what: string) => () => {
    if (what !== 'restoring' || renamed) return
    renamed = true
    execFileSync(join(BIN, 'psql'), ['-q', '-c', rename('was_migrations', 'schema_migrations'), url])
  }
  expect(await restore(url, file, Date.now(), { other: true, heard })).toMatchObject({ shut: { people: 1 } })
})

test('R5.22 what cannot be read from the first is taken for lost, and said', async () => {
  const url = await central('never_read')
  const file = await backupOf(url)
  await as(url, (sql) => sql.query('alter table outbox rename to was_outbox'))
  expect(await restore(url, file, Date.now())).toMatchObject({ shut: { people: 0 }, told: null })
})
