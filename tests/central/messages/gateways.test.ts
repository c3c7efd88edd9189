/** The two ways by which messages leave: a file on this disk, and a gateway over HTTP on this machine. */
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFileGateway } from '../../../central/messages/file-gateway.ts'
import { createHttpGateway, handedOf } from '../../../central/messages/http-gateway.ts'
import { newSecret, verifiedId } from '../../../central/outbox/signature.ts'
import { startReceiver } from '../support/receiver.ts'

const clock = { now: () => Date.UTC(2026, 10, 23) }
const message = (id: string) => ({ id, to: '+8613800138000', kind: 'accepted', text: '【12345】已受理' })
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sanxin-messages-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const linesOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as { id: string; at: string })

test('M3.1 the file has one line a message, each id once, also of another process and after a line that broke off', async () => {
  const path = join(folder, 'messages.jsonl')
  const [one, other] = [await openFileGateway(path, clock), await openFileGateway(path, clock)]
  for (const gateway of [one, other, one]) expect(await gateway.send(message('a'))).toEqual({ became: 'sent' })
  await appendFile(path, '{"id":"torn","at":')
  await Promise.all([other.send(message('b')), other.send(message('b')), one.send(message('a'))])
  await one.close()
  await other.close()
  const again = await openFileGateway(path, clock)
  await again.send(message('b'))
  await again.close()
  expect((await linesOf(path)).map(({ id }) => id)).toEqual(['a', 'b'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await linesOf(path))[0]).toEqual({ ...message('a'), at: '2026-11-23T00:00:00.000Z' })
})

test('M3.2 a file that takes nothing is a failure that passes', async () => {
  const gateway = await openFileGateway('/dev/full', clock)
  expect(await gateway.send(message('a'))).toEqual({ became: 'failed', reason: 'disk', again: true })
  await gateway.close()
})

test('M3.3 the HTTP gateway gets JSON that it can verify, under a key that stays the same', async () => {
  const { received, port, stop } = await startReceiver(() => ({ status: 202 }))
  const secret = newSecret()
  const url = new URL(`http://127.0.0.1:${port}/send`)
  const gateway = createHttpGateway({ url, secret }, clock)
  expect(await gateway.send(message('a'))).toEqual({ became: 'sent' })
  expect(await gateway.send(message('a'))).toEqual({ became: 'sent' })
  await stop()
  for (const { headers, body } of received) {
    expect(verifiedId(secret, headers, body, clock.now() / 1000)).toBe('a')
    expect(headers['idempotency-key']).toBe('a')
    expect(JSON.parse(body)).toEqual(message('a'))
  }
  expect(received).toHaveLength(2)
  expect(await gateway.send(message('a'))).toEqual({ became: 'failed', reason: 'unreachable', again: true })
})

test('M3.4 answers mean: taken, taken before, another time, never', () => {
  const meant = (status: number) => {
    const handed = handedOf({ answered: true, status })
    return handed.became === 'sent' ? 'sent' : handed.again ? 'again' : 'never'
  }
  expect([200, 202, 204, 409].map(meant)).toEqual(Array.from({ length: 4 }, () => 'sent'))
  expect([302, 401, 403, 404, 408, 429, 500, 503].map(meant)).toEqual(Array.from({ length: 8 }, () => 'again'))
  expect([400, 410, 413, 422].map(meant)).toEqual(Array.from({ length: 4 }, () => 'never'))
  expect(handedOf({ answered: true, status: 503, afterMs: 5 })).toMatchObject({ afterMs: 5 })
})
