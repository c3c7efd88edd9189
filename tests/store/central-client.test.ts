import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'

/** Central's side of one request: whatever is asked, it answers this. */
async function centralSaying(answer: unknown, status = 200) {
  const asked: { url: string | undefined; token: string | undefined; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ url: request.url, token: request.headers.authorization, body })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const logged: unknown[] = []
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { client: createCentralClient(url, (...line) => void logged.push(line)), logged, asked }
}

const page = (changes: unknown[]) => ({
  protocol: PROTOCOL_VERSION,
  epoch: 'e',
  cursor: 9,
  more: false,
  sendAgain: false,
  now: 1,
  last: null,
  horizon: null,
  answers: [],
  changes,
})
const request = { protocol: PROTOCOL_VERSION, storeId: 's', epoch: null, cursor: 0, last: null, mutations: [] }

test('S5.3 a change of a strange shape is left out and noted; the page is taken, up to its cursor', async () => {
  const withdrawn = { kind: 'articleWithdrawn', seq: 4, id: 'KB-1' }
  const strange = [{ kind: 'fromTheFuture', seq: 2, text: '私密' }, { kind: 'article', seq: 3, article: {} }, null, 7]
  const { client, logged } = await centralSaying(page([...strange, withdrawn]))
  expect(await client.sync('token', request)).toMatchObject({ ok: true, value: { cursor: 9, changes: [withdrawn] } })
  expect(logged).toEqual([
    ['changeSkipped', { kind: 'fromTheFuture', seq: 2 }],
    ['changeSkipped', { kind: 'article', seq: 3 }],
    ['changeSkipped', { kind: '', seq: 0 }],
    ['changeSkipped', { kind: '', seq: 0 }],
  ])
})

test('S5.3 a page of a strange shape is none', async () => {
  const { client } = await centralSaying({ ...page([]), cursor: 'far' })
  expect(await client.sync('token', request)).toMatchObject({ ok: false, error: { code: 'centralFailed' } })
})

test('a store made anew asks for its code as the device that it is', async () => {
  const { client, asked } = await centralSaying({ deskCode: 'B2' })
  expect(await client.desk('id.secret', 'the-store')).toEqual({ ok: true, value: 'B2' })
  expect(asked).toEqual([{ url: '/desk', token: 'Device id.secret', body: '{"storeId":"the-store"}' }])
  const over = await centralSaying({ code: 'deviceUnknown' }, 401)
  expect(await over.client.desk('id.secret', 'the-store')).toMatchObject({
    ok: false,
    error: { code: 'deviceUnknown' },
  })
})
