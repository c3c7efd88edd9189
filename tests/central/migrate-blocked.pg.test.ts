/** Nodes of newer code start while a backup runs, which holds every table for hours. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import postgres from 'postgres'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'

test('D23 a migration does not wait for a backup, with everybody else behind it; what was done of it is undone', async () => {
  const server = await startPostgres()
  onTestFinished(() => server.stop())
  const url = await createDatabase(server)
  const migrations = await mkdtemp(join(tmpdir(), 'sanxin-migrations-'))
  onTestFinished(() => rm(migrations, { recursive: true, force: true }))
  await writeFile(join(migrations, '0001-first.sql'), 'create table cases (n int); create table other (n int);')
  const db = openPostgres(url, { connections: 2 })
  onTestFinished(() => db.close())
  await migrate(db, migrations)
  const later = 'alter table other add column m int; alter table cases add column m int;'
  await writeFile(join(migrations, '0002-later.sql'), later)
  const dump = postgres(url, { max: 1 })
  onTestFinished(() => dump.end())
  await dump.begin(async (sql) => {
    await sql`lock table cases in access share mode`
    await expect(migrate(db, migrations)).rejects.toMatchObject({
      code: 'migrationBlocked',
      message: expect.stringMatching(/备份.*a backup/),
    })
    // Who works on goes on, on both tables as they were.
    const work = await db.tx('owner', (tx) => tx.query('insert into cases select count(*) from other returning *'))
    expect(work).toEqual([{ n: 0 }])
    expect(await db.tx('owner', (tx) => tx.query('select * from other'))).toEqual([])
  })
  expect(await migrate(db, migrations)).toBe(1)
})
