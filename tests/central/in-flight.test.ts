/** Of one session there are so many requests at a time, whatever else its browser sends along. */
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { atATime, limitInFlight } from '../../central/http/in-flight.ts'

test('another cookie beside that of the session makes no other session', async () => {
  const app = Fastify()
  limitInFlight(app)
  const { promise, resolve } = Promise.withResolvers<void>()
  app.get('/slow', atATime(1, { config: {} }), async () => {
    await promise
    return 'done'
  })
  // Asked at once, not when it is awaited.
  const ask = async (cookie: string) =>
    (await app.inject({ url: '/slow', headers: { host: 'central.example', cookie } })).statusCode
  const first = ask('__Host-sanxin=abc')
  const second = ask('other=1; __Host-sanxin=abc')
  expect(await second).toBe(429)
  resolve()
  expect(await first).toBe(200)
  expect(await ask('__Host-sanxin=abc')).toBe(200)
  await app.close()
})
