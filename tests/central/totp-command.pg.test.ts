/** The second factor as an administrator sets it up: by the command, on the database of a central that runs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
import { DEMO_ENROLMENT } from '../../central/people/demo.ts'
import { must } from '../../shared/errors.ts'
import { enrolResponseSchema } from '../../shared/sync/protocol.ts'
import { codeAt } from '../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'

let server: PostgresServer
let databaseUrl: string
let node: Stack['central']
beforeAll(async () => {
  server = await startPostgres()
  databaseUrl = await createDatabase(server)
  node = await startCentral({ databaseUrl })
})
afterAll(async () => {
  await node.child.stop()
  await server.stop()
})

function staff(args: readonly string[], input = '') {
  const command = join(import.meta.dirname, '../../central/ops/staff.ts')
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: databaseUrl }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, input, encoding: 'utf8' })
  return { status, said: JSON.parse(stdout) as unknown, words: stderr }
}

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL(path, node.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as unknown }
}

const saidSchema = z.object({ otpauth: z.url({ protocol: /^otpauth$/ }) })
const secretOf = (said: unknown) => must(new URL(saidSchema.parse(said).otpauth).searchParams.get('secret'), 'a secret')

test('H19.10 the command prints a monitor’s second factor once, when she is added and when it is reset', async () => {
  const storeId = uuidv7()
  const enrolled = await post('/enrol', { code: DEMO_ENROLMENT, storeId })
  const { deviceId, secret } = enrolResponseSchema.parse(enrolled.body)
  const ask = (more: object) =>
    post(
      '/sign-in',
      { staffNo: '3010', password: 'a-password', storeId, ...more },
      { authorization: `Device ${deviceId}.${secret}` },
    )
  const line = ['--extension', '3010', '--line-password', 'of-the-line', '--domain', 'pbx.example']
  const added = staff(['add', '3010', '--name', '班长 3010', '--role', 'monitor', ...line], 'a-password\n')
  expect(added).toMatchObject({ status: 0, said: { event: 'done', staffNo: '3010' } })
  expect(added.words).toContain('只显示这一次')
  const first = secretOf(added.said)
  expect(added.words).not.toContain(first)
  expect(await ask({})).toEqual({ status: 401, body: { code: 'codeRequired' } })
  // Central is asked by this machine's clock, which is its own.
  expect((await ask({ code: codeAt(Date.now(), first) })).status).toBe(200)

  const reset = staff(['reset-totp', '3010'])
  expect(reset).toMatchObject({ status: 0, said: { event: 'done', command: 'reset-totp', staffNo: '3010' } })
  const second = secretOf(reset.said)
  expect(second).not.toBe(first)
  expect(await ask({ code: codeAt(Date.now() + 30_000, first) })).toEqual({ status: 401, body: { code: 'codeWrong' } })
  expect((await ask({ code: codeAt(Date.now(), second) })).status).toBe(200)

  expect(staff(['unlock', '3010']).said).toEqual({ event: 'done', command: 'unlock', staffNo: '3010' })
})

test('H19.10 of an operator, and of a number that nobody has, nothing is reset and nothing printed', () => {
  const none = { status: 1, words: '' }
  expect(staff(['reset-totp', '1001'])).toEqual({
    ...none,
    said: { event: 'refused', code: 'invalidInput', detail: 'role' },
  })
  expect(staff(['reset-totp', '9999'])).toEqual({ ...none, said: { event: 'refused', code: 'notFound' } })
})
