/** The command that verifies the audit: what it prints, and how it ends. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendAudit } from '../../central/audit/sql.ts'
import type { Db } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

const command = join(import.meta.dirname, '..', '..', 'central', 'ops', 'audit.ts')

let server: PostgresServer
let db: Db
beforeAll(async () => {
  server = await startPostgres()
  db = openPostgres(server.url, { connections: 1 })
  await migrate(db)
})
afterAll(async () => {
  await db.close()
  await server.stop()
})

const run = (...args: string[]) =>
  new Promise<{ code: number; said: unknown; errors: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], SANXIN_CENTRAL_DATABASE_URL: server.url }
    const child = execFile(process.execPath, [command, ...args], { env }, (_error, stdout, errors) =>
      resolve({ code: child.exitCode ?? -1, said: stdout === '' ? null : JSON.parse(stdout), errors }),
    )
  })
const append = () =>
  db.tx('sanxin_people', (sql) => appendAudit(sql, { at: 1, actor: '1001', place: null, action: 'signOut' }))

test('A6 A7 the command prints the hash to keep, names what is broken, and refuses what it does not know', async () => {
  for (let time = 0; time < 3; time += 1) await append()
  const whole = await run('verify')
  expect(whole).toMatchObject({ code: 0, said: { event: 'auditWhole', entries: 3 } })
  const { hash } = whole.said as { hash: string }
  await append()
  expect(await run('verify', '--expect', hash)).toMatchObject({ code: 0, said: { entries: 4 } })
  expect(await run('verify', '--expect', 'f'.repeat(64))).toMatchObject({
    code: 1,
    said: { event: 'auditBroken', seq: 4, why: 'expected' },
  })
  await db.tx('owner', (sql) => sql.query(`update audit set actor = '1002' where seq = 2`))
  expect(await run('verify')).toMatchObject({ code: 1, said: { event: 'auditBroken', seq: 2, why: 'changed' } })
  for (const args of [[], ['erase'], ['verify', '--expect', 'x'], ['verify', '--other']])
    expect(await run(...args)).toMatchObject({ code: 2, said: null, errors: expect.stringContaining('usage') })
})
