import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { createLiveLink } from '../../electron/store/sync/live-link.ts'
import { dialLive } from '../../electron/store/sync/live-wire.ts'

const timers = { after: () => () => {} }

test('a status that is said before central’s welcome waits for it: central closes on whoever is too early', () => {
  const said: string[] = []
  let hear = (_text: string) => {}
  const link = createLiveLink(
    (ear) => {
      hear = ear.message
      return { send: (text) => said.push(text), close: () => {} }
    },
    timers,
    () => {},
  )
  link.open('id.secret', 'hers', 'store')
  link.sendStatus('ready', 1)
  expect(said).toEqual([])
  hear('{"type":"welcome","head":1}')
  expect(said).toEqual(['{"type":"status","status":"ready","since":1}'])
})

test('S9.8 the wire is the device’s; the last operator’s status is not told of the next', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const said: unknown[] = []
  server.on('connection', (socket: WebSocket) =>
    socket.on('message', (data: Buffer) => {
      said.push(JSON.parse(data.toString()))
      if (data.includes('hello')) socket.send('{"type":"welcome","head":1}')
    }),
  )
  let news = 0
  const dial = dialLive(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const link = createLiveLink(dial, timers, () => (news += 1))
  onTestFinished(() => {
    link.close()
    server.close()
  })
  const welcomes = (count: number) => expect.poll(() => news).toBe(count)
  const hello = { type: 'hello', device: 'id.secret', storeId: 'store' }
  link.open('id.secret', 'hers', 'store')
  link.sendStatus('ready', 1)
  await welcomes(1)
  link.open('id.secret', null, 'store')
  await welcomes(2)
  link.open('id.secret', 'his', 'store')
  await welcomes(3)
  link.sendStatus('away', 2)
  await expect.poll(() => said.at(-1)).toMatchObject({ status: 'away' })
  expect(said).toEqual([
    { ...hello, token: 'hers' },
    { type: 'status', status: 'ready', since: 1 },
    { ...hello, token: null },
    { ...hello, token: 'his' },
    { type: 'status', status: 'away', since: 2 },
  ])
})
