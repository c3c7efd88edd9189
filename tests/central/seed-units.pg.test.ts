/** The command that fills a centre with member units and their people, as a person at central runs it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'

let server: PostgresServer
let databaseUrl: string
let central: Stack['central']
beforeAll(async () => {
  server = await startPostgres()
  databaseUrl = await createDatabase(server)
  central = await startCentral({ databaseUrl })
})
afterAll(async () => {
  await central.child.stop()
  await server.stop()
})

function run(input: string) {
  const command = join(import.meta.dirname, '../../central/ops/seed-units.ts')
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: databaseUrl }
  const { status, stdout } = spawnSync(process.execPath, [command], { env, encoding: 'utf8', input })
  return { status, said: stdout === '' ? null : (JSON.parse(stdout) as unknown) }
}

test('U15 adds 200 units and 1,000 people who sign in; run again it adds nobody', async () => {
  expect(run('short\n')).toEqual({ status: 2, said: null })
  const counts = { event: 'seeded', units: 200, people: 1000 }
  expect(run('full-size-centre\n')).toMatchObject({ status: 0, said: { ...counts, added: 1000 } })
  expect(run('another-password\n')).toMatchObject({ status: 0, said: { ...counts, changed: 0, added: 0 } })
  const answer = await fetch(`${central.url}/unit/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sanxin-page': '1', origin: central.url },
    body: JSON.stringify({ staffNo: '52005', password: 'full-size-centre' }),
  })
  expect(answer.status).toBe(200)
})
