/** POSTs to a real server on this machine. */
import { afterEach, expect, test } from 'vitest'
import { must } from '../../../shared/errors.ts'
import { readNetworks } from '../../../central/outbox/networks.ts'
import { post } from '../../../central/outbox/post.ts'
import { startReceiver, type Answering } from '../support/receiver.ts'

const loopback = must(readNetworks('127.0.0.0/8,::1/128'), 'networks')
const none = must(readNetworks(''), 'no networks')
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
async function serve(answer: Answering) {
  const receiver = await startReceiver(answer)
  closers.push(receiver.stop)
  return receiver
}
const send = (url: string, more: Partial<Parameters<typeof post>[0]> = {}) =>
  post({ url: new URL(url), headers: { 'webhook-id': 'x' }, body: '{"a":"路灯"}', allowed: loopback, ...more })

test('W4.3 sends the body and answers the code, with how long it is to wait', async () => {
  const { port, received } = await serve(() => ({
    ...{ status: 429, headers: { 'retry-after': '120' }, body: 'x'.repeat(1000) },
  }))
  expect(await send(`http://127.0.0.1:${port}/hook`)).toEqual({ answered: true, status: 429, afterMs: 120_000 })
  expect(received).toMatchObject([{ path: '/hook', body: '{"a":"路灯"}' }])
})

test('W4.4 reaches no inner address, by number or by name, and follows no redirect to one', async () => {
  const { port, received } = await serve(() => ({ status: 302, headers: { location: 'http://169.254.169.254/' } }))
  for (const host of ['127.0.0.1', '[::1]', '2130706433', 'localhost'])
    expect(await send(`http://${host}:${port}/`, { allowed: none }), host).toEqual({
      answered: false,
      reason: 'foreignAddress',
    })
  expect(received).toEqual([])
  expect(await send(`http://localhost:${port}/`)).toEqual({ answered: true, status: 302 })
  expect(received).toHaveLength(1)
})

test('W4.5 who does not answer in time, or not at all, is given up', async () => {
  const { port } = await serve(() => null)
  expect(await send(`http://127.0.0.1:${port}/`, { timeoutMs: 20 })).toEqual({ answered: false, reason: 'timeout' })
  for (const close of closers.splice(0)) await close()
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ answered: false, reason: 'unreachable' })
})
