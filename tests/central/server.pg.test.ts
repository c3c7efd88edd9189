/** The process: its one line, its settings, its closing, and what it keeps over a restart. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { DEMO_ENROLMENT } from '../../central/people/demo.ts'
import { newSecretKey } from '../../central/people/secret-keys.ts'

vi.setConfig({ testTimeout: 30_000 })

const entry = join(import.meta.dirname, '..', '..', 'central', 'server.ts')
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sanxin-data-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, errors: () => text, exited: once(child, 'exit') }
}

async function listening(server: ReturnType<typeof run>): Promise<number> {
  const [line] = (await Promise.race([once(server.child.stdout, 'data'), server.exited])) as [Buffer | number]
  if (typeof line === 'number') throw new Error(server.errors())
  const said = JSON.parse(line.toString()) as { event: string; port: number }
  expect(said).toEqual({ event: 'listening', port: expect.any(Number) })
  return said.port
}

it('listens, signs in, closes on SIGTERM, and knows its desks again', async () => {
  const storeId = '01890a5d-ac96-774b-bcce-b302099a8057'
  const codes: string[] = []
  let authorization = ''
  for (let time = 0; time < 2; time += 1) {
    const server = run({ SANXIN_CENTRAL_DATA_DIR: dataDir, SANXIN_CENTRAL_SEED: '1' })
    const url = `http://127.0.0.1:${await listening(server)}`
    const send = async (path: string, body: object, headers: object = {}) => {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as { deviceId: string; secret: string; deskCode: string }
    }
    // The first life enrols the desk; the second knows it.
    if (time === 0) {
      const { deviceId, secret } = await send('/enrol', { code: DEMO_ENROLMENT, storeId })
      authorization = `Device ${deviceId}.${secret}`
    }
    const person = { staffNo: '1001', password: 'sanxin-demo', storeId }
    codes.push((await send('/sign-in', person, { authorization })).deskCode)
    server.child.kill('SIGTERM')
    expect(await server.exited).toEqual([0, null])
    expect(server.errors()).not.toContain('sanxin-demo')
  }
  expect(codes).toEqual(['A1', 'A1'])
})

it('H19.13 does not start over second factors that it cannot open, and says what is missing', async () => {
  const server = run({ SANXIN_CENTRAL_DATA_DIR: dataDir })
  expect(await server.exited).toEqual([1, null])
  expect(server.errors()).toContain(
    '没有能打开它们的密钥 · the database holds second factors or secrets of webhooks that no key in SANXIN_CENTRAL_SECRET_KEYS opens',
  )
  const other = run({ SANXIN_CENTRAL_DATA_DIR: dataDir, SANXIN_CENTRAL_SECRET_KEYS: newSecretKey('other') })
  expect(await other.exited).toEqual([1, null])
  expect(other.errors()).toContain('no key practice')
})

it('has nobody without the demo', async () => {
  const server = run({})
  const url = `http://127.0.0.1:${await listening(server)}`
  const health = (await (await fetch(`${url}/health`)).json()) as object
  expect(health).toMatchObject({ ok: true, db: 'pglite', head: 0 })
  const body = JSON.stringify({ code: DEMO_ENROLMENT, storeId: '01890a5d-ac96-774b-bcce-b302099a8057' })
  const answer = await fetch(`${url}/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(answer.status).toBe(401)
  server.child.kill('SIGTERM')
  expect(await server.exited).toEqual([0, null])
})

it('ends with 2 and names the wrong setting; with 1 where the database is out of reach', async () => {
  const wrong = run({ SANXIN_CENTRAL_PORT: 'many' })
  expect(await wrong.exited).toEqual([2, null])
  expect(wrong.errors()).toBe('SANXIN_CENTRAL_PORT: must be a port from 0 to 65535 (0: any free one)\n')
  const lost = run({ SANXIN_CENTRAL_DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' })
  expect(await lost.exited).toEqual([1, null])
  expect(lost.errors()).toContain('startFailed')
  expect(lost.errors()).not.toContain('secret')
})
