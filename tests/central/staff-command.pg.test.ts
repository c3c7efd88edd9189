/** The command by which people are added, as a person at central runs it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { DEMO_ENROLMENT } from '../../central/people/demo.ts'
import { enrolResponseSchema } from '../../shared/sync/protocol.ts'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
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

function staff(args: readonly string[], input = '', url = databaseUrl) {
  const command = join(import.meta.dirname, '../../central/ops/staff.ts')
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: url }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, input, encoding: 'utf8' })
  return { status, said: stdout === '' ? stderr : (JSON.parse(stdout) as unknown) }
}

const post = (path: string, body: object, headers = {}) =>
  fetch(new URL(path, node.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

async function signIn(staffNo: string, password: string): Promise<number> {
  const storeId = uuidv7()
  const enrolled = await post('/enrol', { code: DEMO_ENROLMENT, storeId })
  const { deviceId, secret } = enrolResponseSchema.parse(await enrolled.json())
  const authorization = `Device ${deviceId}.${secret}`
  return (await post('/sign-in', { staffNo, password, storeId }, { authorization })).status
}

test('H18.5 an operator is added with a line, signs in, is deactivated, and does not', async () => {
  const line = ['--extension', '3001', '--line-password', 'of-the-line', '--domain', 'pbx.example']
  const add = ['add', '3001', '--name', '坐席 3001', '--role', 'operator', ...line]
  expect(staff(add, 'a-password\n')).toMatchObject({ status: 0, said: { event: 'done', staffNo: '3001' } })
  expect(await signIn('3001', 'a-password')).toBe(200)
  expect(staff(add, 'a-password\n')).toMatchObject({ status: 1, said: { event: 'refused', code: 'invalidInput' } })
  expect(staff(['deactivate', '3001'])).toMatchObject({ status: 0 })
  expect(await signIn('3001', 'a-password')).toBe(401)
})

test('H18.6 wrong arguments are said in words, and nothing is done', () => {
  expect(staff(['add', '3002', '--name', 'x', '--role', 'boss'], 'a-password').status).toBe(2)
  expect(staff(['add', '3002', '--name', 'x', '--role', 'operator'], 'a-password').status).toBe(2)
  expect(staff(['add', '3002', '--name', 'x', '--role', 'quality'], 'short').said).toContain('8 位')
  expect(staff(['dismiss', '3002']).said).toContain('没有这个命令')
  expect(staff(['unlock', '1001'], '', '').said).toContain('SANXIN_CENTRAL_DATABASE_URL')
  expect(staff(['unlock', '']).said).toContain('缺少工号')
  expect(staff(['unlock', '3002'])).toMatchObject({ status: 1, said: { code: 'notFound' } })
})
