/** The second factor as an administrator sets it up: by the command, on the database of a central that runs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
import { DEMO_ENROLMENT, DEMO_SECRET_KEYS } from '../../central/people/demo.ts'
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
  databaseUrl = await createDatabase(server, 'central', 'demo')
  node = await startCentral({ databaseUrl })
})
afterAll(async () => {
  await node.child.stop()
  await server.stop()
})

const environment = (keys = DEMO_SECRET_KEYS) => ({
  ...process.env,
  SANXIN_CENTRAL_DATABASE_URL: databaseUrl,
  SANXIN_CENTRAL_SECRET_KEYS: keys,
})

function secretKeys(args: readonly string[], keys?: string) {
  const command = join(import.meta.dirname, '../../central/ops/secret-keys.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    env: environment(keys),
    encoding: 'utf8',
  })
  return { status, said: stdout.trim(), words: stderr }
}

function staff(args: readonly string[], input = '') {
  const command = join(import.meta.dirname, '../../central/ops/staff.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    env: environment(),
    input,
    encoding: 'utf8',
  })
  return { status, said: stdout === '' ? null : (JSON.parse(stdout) as unknown), words: stderr }
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

test('H19.13 without the keys of what stands nobody is given a second factor, and no other is changed', () => {
  const add = ['add', '3011', '--name', '管理员', '--role', 'administrator']
  const command = join(import.meta.dirname, '../../central/ops/staff.ts')
  const tried = (keys: string) => {
    const env = environment(keys)
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...add], {
      env,
      input: 'a-password\n',
      encoding: 'utf8',
    })
    return { status, stdout, words: stderr }
  }
  expect(tried('')).toMatchObject({
    status: 1,
    stdout: '',
    words: expect.stringContaining('SANXIN_CENTRAL_SECRET_KEYS'),
  })
  expect(tried(secretKeys(['new', 'other']).said)).toMatchObject({ status: 1, stdout: '' })
  expect(tried('not a key')).toMatchObject({ status: 2, stdout: '', words: expect.stringContaining('must be ID:KEY') })
})

test('H19.13 the command makes a key, seals all under it, and refuses where one of the old is missing', () => {
  const fresh = secretKeys(['new', '2026-11']).said
  expect(fresh).toMatch(/^2026-11:[\w+/]{43}=$/)
  expect(secretKeys(['reseal'], fresh)).toMatchObject({
    status: 1,
    said: '',
    words: expect.stringContaining('no key practice'),
  })
  const done = secretKeys(['reseal'], `${fresh},${DEMO_SECRET_KEYS}`)
  expect([done.status, JSON.parse(done.said)]).toEqual([0, { event: 'resealed', secrets: 2, sealed: 2 }])
  expect(JSON.parse(secretKeys(['reseal'], fresh).said)).toEqual({ event: 'resealed', secrets: 2, sealed: 0 })
  expect(secretKeys(['reseal'], `${DEMO_SECRET_KEYS},${fresh}`).status).toBe(0)
  expect(secretKeys(['new']).status).toBe(2)
})
