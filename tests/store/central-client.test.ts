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
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
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

const kb = {
  ...{
    id: 'KB-1',
    version: 1,
    family: 'bus',
    title: '28 路',
    body: '首末班\n6:20',
    source: '公交集团',
    unit: '公交集团',
  },
  ...{ validUntil: '2027-03-31', district: null, questions: [] },
}
const event = { type: 'caseReplied', state: 'repliedAtOnce', at: 1, by: '1001', since2027: '新' }
const [article, events] = [
  JSON.stringify({ ...kb, since2027: '新' }, null, ' ').replaceAll('\n', ''),
  JSON.stringify([event]),
]
const caseId = '01a21cbe-c16c-7cb0-beab-2b380f499938'
/** A page as central writes it (R5.24). */
const inLines = (changes: readonly string[]) => `${JSON.stringify(page([])).slice(0, -2)}\n${changes.join(',\n')}\n]}`
const lines = [
  `{"kind":"article","seq":1,"article":\n${article}\n}`,
  '{"kind":"articleWithdrawn","seq":2,"id":"KB-2:"}',
  `{"kind":"case","seq":3,"caseId":"${caseId}","callers":[],"events":\n${events}\n}`,
]
const taken = [
  { kind: 'article', seq: 1, article: kb },
  { kind: 'articleWithdrawn', seq: 2, id: 'KB-2:' },
  { kind: 'case', seq: 3, caseId, callers: [], events: [event] },
]

test('S5.10 what a change carries on a line of its own comes in its bytes, whatever a newer central says in it', async () => {
  const { client } = await centralSaying(inLines(lines))
  const said = await client.sync('token', request)
  const changes = said.ok ? said.value.changes : []
  expect(changes.map(({ bytes: _bytes, ...change }) => change)).toEqual(taken)
  expect(changes.map(({ bytes }) => bytes && new TextDecoder().decode(bytes))).toEqual([article, undefined, events])
})

test.each<[string, string]>([
  ['on one line', inLines(lines).replaceAll('\n', '')],
  ['on lines of another kind', inLines(lines).replaceAll(',"', ',\n"')],
  ['with its head on two lines', inLines(lines).replace('"more"', '\n"more"')],
  [
    'with another key last',
    inLines(lines).replace(`"callers":[],"events":\n${events}`, `"events":${events},"callers":\n[]`),
  ],
  ['with a value that goes on', inLines(lines).replace('\n}', '\n,"bytes":1}')],
  ['with a line break in what it carries', inLines(lines).replace('"version"', '\n"version"')],
])('S5.10 an answer %s is read all the same', async (_how, text) => {
  const { client, logged } = await centralSaying(text)
  expect(await client.sync('token', request)).toMatchObject({ ok: true, value: { cursor: 9, changes: taken } })
  expect(logged).toEqual([])
})

test('S5.10 nothing is kept but what was read', async () => {
  const ends = ',"callers":[],"events":\n'
  const twice = [
    inLines(lines).replace(ends, `${ends}[1],"callers":\n`),
    inLines(lines).replace(`\n${events}\n}`, `\n${events},"callers":[]\n}`),
  ]
  for (const text of twice) {
    const { client } = await centralSaying(text)
    const said = await client.sync('token', request)
    expect(said.ok ? said.value.changes.filter(({ bytes }) => bytes !== undefined) : []).toEqual([])
  }
})

test('S5.10 an answer that breaks off is none, wherever it does', async () => {
  const whole = inLines(lines)
  for (let length = 1; length < whole.length; length += 7) {
    const { client } = await centralSaying(whole.slice(0, length))
    expect(await client.sync('token', request)).toMatchObject({ ok: false, error: { code: 'centralUnreachable' } })
  }
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
