/** Backup and restore by the URLs that a centre really has: several hosts, a login that is no superuser, a new server. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import * as given from '../contract/db-fixture.ts'
import { BIN, startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { folder } from './support/drill-desk.ts'

let server: PostgresServer
let made = 0
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function startNew(): Promise<{ url: string; name: string; central: given.Central }> {
  made += 1
  const name = `hosts_${made}`
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${name}`)
  await admin.end()
  const url = `postgres://postgres@127.0.0.1:${server.port}/${name}`
  const central = await given.startCentral(openPostgres(url))
  onTestFinished(async () => {
    await central.app.close()
    await central.db.close()
  })
  return { url, name, central }
}

test('R5.8 a backup that is restored on a new server, under a login that may create roles, works', async () => {
  const { url, central } = await startNew()
  await (await given.signIn(central.app)).sync([given.openCase().mutation])
  const file = join(folder(), 'b')
  await backUp(url, file)
  const fresh = await startPostgres(null, { bare: true })
  onTestFinished(() => fresh.stop())
  const admin = postgres(fresh.url, { max: 1, onnotice: () => undefined })
  await admin.unsafe('create role sanxin_owner login createrole createdb')
  await admin.end()
  const there = `postgres://sanxin_owner@127.0.0.1:${fresh.port}/central`
  await restore(there, file, Date.now())
  const db = openPostgres(there)
  onTestFinished(() => db.close())
  expect(await db.tx('sanxin_gate', (sql) => sql.query('select 1 as one'))).toEqual([{ one: 1 }])
})

test('R5.8 of several hosts the backup is of the primary, whichever is named first', async () => {
  const { name, central } = await startNew()
  const standby = await startPostgres(server)
  onTestFinished(() => standby.kill())
  const on = postgres(standby.url.replace(/\/postgres$/, `/${name}`), { max: 1 })
  const staff = async () => (await on`select count(*)::int as n from staff`.catch(() => []))[0]?.['n'] ?? 0
  await expect.poll(staff).toBeGreaterThan(0)
  // As a standby that hangs behind.
  await on`select pg_wal_replay_pause()`
  await on.end()
  const { mutation, caseId } = given.openCase()
  await (await given.signIn(central.app)).sync([mutation])
  const file = join(folder(), 'b')
  await backUp(`postgres://postgres@127.0.0.1:${standby.port},127.0.0.1:${server.port}/${name}`, file)
  const args = ['-f', '-', '--data-only', '-t', 'cases', file]
  expect(execFileSync(join(BIN, 'pg_restore'), args, { encoding: 'utf8' })).toContain(caseId)
})

test('R5.8 restore takes the URL of several hosts with ports', async () => {
  const both = `postgres://postgres@127.0.0.1:${server.port},127.0.0.1:1/nothing`
  const file = join(folder(), 'empty')
  writeFileSync(file, '')
  await expect(restore(both, file, Date.now(), { unchecked: true })).rejects.toThrow('pg_restore')
})

test('R5.13 a backup that does not say when it was taken is not restored over what desks were told without being asked twice', async () => {
  const { url, central } = await startNew()
  const file = join(folder(), 'b')
  // What an administrator's own pg_dump gives.
  execFileSync(join(BIN, 'pg_dump'), ['--format=custom', '--file', file, '--dbname', url])
  await central.db.tx('owner', (sql) =>
    sql.query('insert into backups (at, whole) values ($1::bigint, true)', [Date.now() + 1]),
  )
  await expect(restore(url, file, Date.now() + 5000, { unchecked: true })).rejects.toThrow('--older')
})
