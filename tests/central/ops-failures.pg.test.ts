/** What operating commands and a node say where their database is not as it should be: words, and nothing of ours. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  // As on a new machine: no node was ever started, so there are no roles of ours either.
  server = await startPostgres(null, { bare: true })
})
afterAll(() => server.stop())

const central = join(import.meta.dirname, '../../central')
const directory = join(central, 'seed/directory.csv')

const commands: Readonly<Record<string, readonly string[]>> = {
  'area-code': ['20'],
  audit: ['verify'],
  backup: ['/nowhere/central.backup'],
  directory: ['import', directory],
  enrol: ['--list'],
  promote: [],
  'seed-units': [],
  staff: ['unlock', '1001'],
}

async function run(file: string, args: readonly string[], url: string, more: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: url, SANXIN_CENTRAL_PORT: '0', ...more }
  const child = spawn(process.execPath, [join(central, file), ...args], { env })
  child.stdin.end('a long password\n')
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const [said, code] = await Promise.all([text(child.stderr), exited])
  return { said, code }
}
const onHost = (url: string, host: string) => url.replace(/@[^/]*/, `@${host}`)
const onDatabase = (url: string, name: string) => url.replace(/[^/]*$/, name)

async function say(command: string, url: string): Promise<string> {
  const { said, code } = await run(`ops/${command}.ts`, commands[command] ?? [], url)
  // An audit that could not be looked at is not one that is broken.
  expect(code).toBe(command === 'audit' ? 3 : 1)
  // One line of words, not where it failed in our code.
  expect(said.trim().split('\n')).toHaveLength(1)
  return said
}

test.each(Object.keys(commands))('%s: no database there', async (command) => {
  expect(await say(command, onHost(server.url, '127.0.0.1:1'))).toMatch(/^连不上数据库 · .*ECONNREFUSED/)
})

test.each(['backup', 'enrol'])('%s: none of that name', async (command) => {
  expect(await say(command, onDatabase(server.url, 'nothing'))).toMatch(/^没有这个数据库 · .*"nothing"/)
})

test.each(['promote', 'staff'])('%s: an address that is none, of which nothing is repeated', async (command) => {
  const said = await say(command, 'postgres://sanxin:geheim@[db/central')
  expect(said).toMatch(/^数据库地址写得不对/)
  expect(said).not.toContain('geheim')
})

test.each(['audit', 'directory', 'enrol', 'staff'])('%s: a database without central’s tables', async (command) => {
  expect(await say(command, server.url)).toMatch(/^这里还没有中心的表/)
})

test('enrol says what it was given that is none', async () => {
  expect(await run('ops/enrol.ts', ['--exchange', '交换机'], server.url)).toMatchObject({
    said: expect.stringMatching(/^交换机名称只用/),
    code: 2,
  })
  expect(await run('ops/enrol.ts', ['--revoke', '12'], server.url)).toMatchObject({
    said: expect.stringMatching(/^设备编号不对/),
    code: 2,
  })
  expect(await run('ops/enrol.ts', ['--bogus'], server.url)).toMatchObject({
    said: expect.stringContaining('--bogus'),
    code: 2,
  })
})

test('a password that is no part of an address, and a host that there is not, are not repeated', async () => {
  for (const url of ['postgres://sanxin:ge%heim@db/central', 'postgres://sanxin:geheim@nowhere.invalid/central'])
    expect(await say('enrol', url)).not.toContain('heim')
})

test('a node that cannot listen blames no database', async () => {
  const { said, code } = await run('server.ts', [], server.url, { SANXIN_CENTRAL_HOST: 'nowhere.invalid' })
  expect([code, said]).toEqual([1, expect.stringMatching(/^不能在 nowhere\.invalid:0 上监听/m)])
})

test('a node says it beside its log', async () => {
  const { said, code } = await run('server.ts', [], onHost(server.url, '127.0.0.1:1'))
  expect(code).toBe(1)
  expect(said).toMatch(/^连不上数据库 · /m)
  expect(said).toContain('"startFailed"')
})
