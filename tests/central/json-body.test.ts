import Fastify from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readBody, readJson } from '../../central/http/json-body.ts'
import { BATCH, type Mutation, type SyncRequest } from '../../shared/sync/protocol.ts'
import { requestText } from '../../shared/sync/request-text.ts'

/** POSTs a text as JSON; answers the status and what was read, or the code. */
async function post(payload: string): Promise<readonly [number, unknown]> {
  const app = Fastify()
  onTestFinished(() => app.close())
  readJson(app)
  app.post('/', (request) => ({ got: request.body }))
  const answer = await app.inject({
    method: 'POST',
    url: '/',
    payload,
    headers: { 'content-type': 'application/json' },
  })
  const { got, code } = answer.json<{ got?: unknown; code?: string }>()
  return [answer.statusCode, got ?? code]
}

const REFUSED = [400, 'FST_ERR_CTP_INVALID_JSON_BODY']

test('a body of JSON is read, without keys that reach for prototypes; what is none is refused', async () => {
  const long = '路灯不亮'.repeat(9000)
  expect(await post(JSON.stringify({ long }))).toEqual([200, { long }])
  expect(await post('{"a":1,"__proto__":{"b":2},"constructor":{"prototype":{"c":3}}}')).toEqual([200, { a: 1 }])
  expect(await post('')).toEqual([400, 'FST_ERR_CTP_EMPTY_JSON_BODY'])
  expect(await post(`{"a":"${long}`)).toEqual(REFUSED)
})

describe('R4.6 a request in lines', () => {
  const mutation = (sentence: string): Mutation => ({
    id: '01987654-3210-7abc-8def-0123456789ab',
    at: 1,
    author: '1001',
    session: null,
    body: { kind: 'call', fact: { callId: 'c', kind: 'said', at: 1, sentence, script: 0 } },
  })
  const request = (mutations: Mutation[]): SyncRequest => ({
    ...{ protocol: 1, storeId: '01987654-3210-7abc-8def-0123456789ab', epoch: 'e', cursor: 7, last: null },
    mutations,
  })
  const texts = ['路灯不亮\n两行', '","mutations":[\n', ']}\n', '半个\ud83d', '𠮷😀', 'x'.repeat(70_000), '']

  test.for([0, 1, 2, texts.length])('what a desk writes of %i mutations is read as it was meant', async (count) => {
    const sent = request(texts.slice(0, count).map(mutation))
    const text = requestText(sent)
    expect(JSON.parse(text)).toEqual(sent)
    expect(text.split('\n')).toHaveLength(count + 2)
    const received: unknown = JSON.parse(Buffer.from(JSON.stringify(sent)).toString())
    expect(await post(text)).toEqual([200, received])
  })

  test('each mutation is read by itself, and the rest without them', () => {
    const read: string[] = []
    const sent = request(['一', '二'].map(mutation))
    const value = readBody(Buffer.from(requestText(sent)), (text) => {
      read.push(text)
      return JSON.parse(text) as unknown
    })
    expect(value).toEqual(sent)
    expect(read).toEqual([...sent.mutations.map((one) => JSON.stringify(one)), JSON.stringify(request([]))])
  })

  test('of a mutation, too, keys that reach for prototypes are taken out', async () => {
    expect(await post('{"mutations":[\n{"id":1,"__proto__":{"b":2}},\n{"constructor":{"prototype":1}}\n]}')).toEqual([
      200,
      { mutations: [{ id: 1 }, {}] },
    ])
  })

  const others: Readonly<Record<string, string>> = {
    'more lines than a request may have': `{"mutations":[\n${'{},\n'.repeat(BATCH)}{}\n]}`,
    'on one line': '{"a":1,"mutations":[{"id":1},{"id":2}]}',
    'two on a line': '{"a":1,"mutations":[\n{"id":1},{"id":2},\n{"id":3}\n]}',
    'one on two lines': '{"a":1,"mutations":[\n{"id":\n1},\n{"id":2}\n]}',
    'the comma before the line': '{"a":1,"mutations":[\n{"id":1}\n,{"id":2}\n]}',
    'no comma between two': '{"a":1,"mutations":[\n{"id":1}\n{"id":2}\n]}',
    'a comma behind the last': '{"a":1,"mutations":[\n{"id":1},\n]}',
    'an empty line': '{"a":1,"mutations":[\n\n]}',
    'an empty line between two': '{"a":1,"mutations":[\n{"id":1},\n\n{"id":2}\n]}',
    'a line behind the end': '{"a":1,"mutations":[\n{"id":1}\n]}\n',
    'another key behind': '{"mutations":[\n{"id":1}\n],"a":1}',
    'a list within': '{"a":{"mutations":[\n{"id":1}\n]}}',
    'another list': '{"a":[\n{"id":1}\n]}',
    'twice the list': '{"mutations":[{"id":1}],"mutations":[\n{"id":2}\n]}',
    'a key that ends so': '{"x\\"mutations":[\n{"id":1}\n]}',
    'such a key behind the list': '{"mutations":[],"x\\"mutations":[\n{"id":1}\n]}',
    'the list in a text': '{"a":"\\"mutations\\":[\n{"id":1}\n]}',
    'two ends': '{"a":1,"mutations":[\n{"id":1}\n]}]}',
    'lines of Windows': '{"a":1,"mutations":[\r\n{"id":1},\r\n{"id":2}\r\n]}',
    'cut off': '{"a":1,"mutations":[\n{"id":1},\n',
    'no end of the last line': '{"a":1,"mutations":[\n{"id":1}]}',
    'a mark of the order of bytes in a line': '{"mutations":[\n\uFEFF{"id":1}\n]}',
    'a space before the line ends': '{"mutations":[\n{"id":1} ,\n{"id":2} \n]}',
    'no object in a line': '{"mutations":[\n1,\n"2"\n]}',
    'nothing in a line': '{"a":1,"mutations":[\n,\n{"id":2}\n]}',
  }
  test.for(Object.entries(others))('whatever the lines are it says what JSON says: %s', async ([, text]) => {
    let wanted: readonly [number, unknown]
    try {
      wanted = [200, JSON.parse(text) as unknown]
    } catch {
      wanted = [400, 'FST_ERR_CTP_INVALID_JSON_BODY']
    }
    expect(await post(text)).toEqual(wanted)
  })
})
