import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readJson, textOf } from '../../central/http/json-body.ts'

describe('the text of bytes is what toString has of them', () => {
  const texts = {
    nothing: '',
    little: '市民反映路灯不亮',
    'much Chinese': '市民反映路灯不亮，请尽快处理。'.repeat(2000),
    'many signs that take two code units': '𠮷𠀋😀'.repeat(4000),
    'a mark of the order of bytes': `\uFEFF${'路灯'.repeat(8000)}`,
    'half a sign': `${'路灯'.repeat(8000)}\uD83D`,
    'letters alone': 'street light '.repeat(4000),
  }
  test.for(Object.entries(texts))('%s', ([, text]) => {
    const bytes = Buffer.from(text)
    expect(textOf(bytes)).toBe(bytes.toString())
  })

  test('also where they are no text', () => {
    const bytes = randomBytes(40_000)
    expect(textOf(bytes)).toBe(bytes.toString())
    const cut = Buffer.from('路灯'.repeat(8000)).subarray(0, -1)
    expect(textOf(cut)).toBe(cut.toString())
  })
})

test('a body of JSON is read, without keys that reach for prototypes; what is none is refused', async () => {
  const app = Fastify()
  onTestFinished(() => app.close())
  readJson(app)
  app.post('/', (request) => ({ got: request.body }))
  const post = async (payload: string) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      payload,
      headers: { 'content-type': 'application/json' },
    })
    return [answer.statusCode, (answer.json<{ got?: unknown; code?: string }>().got ?? answer.json().code) as unknown]
  }
  const long = '路灯不亮'.repeat(9000)
  expect(await post(JSON.stringify({ long }))).toEqual([200, { long }])
  expect(await post('{"a":1,"__proto__":{"b":2},"constructor":{"prototype":{"c":3}}}')).toEqual([200, { a: 1 }])
  expect(await post('')).toEqual([400, 'FST_ERR_CTP_EMPTY_JSON_BODY'])
  expect(await post(`{"a":"${long}`)).toEqual([400, 'FST_ERR_CTP_INVALID_JSON_BODY'])
})
