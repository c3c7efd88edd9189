import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'
import { PROTOCOL_VERSION, type SyncResponse } from '../../shared/sync/protocol.ts'

const request = { protocol: PROTOCOL_VERSION, storeId: 's', epoch: null, cursor: 0, last: null, mutations: [] }
const page: SyncResponse = {
  ...{ protocol: PROTOCOL_VERSION, epoch: 'e', cursor: 9, more: false, sendAgain: false, now: 1 },
  ...{ last: null, horizon: null, answers: [], changes: [] },
}

/** Central's side of each connection, which answers the first request on it and does `then` with the next one. */
async function centralThat(then: (socket: Socket, connection: number) => void, answersFirst = true) {
  const heard: string[] = []
  const server = createServer((socket) => {
    const connection = ++connections
    let isFirst = answersFirst
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      text += data.toString()
      const [head = '', body] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (body === undefined || Buffer.byteLength(body) < length) return
      text = ''
      heard.push(`${connection} ${head.split(' ')[1]}`)
      if (!isFirst) return then(socket, connection)
      isFirst = false
      answer(socket)
    })
  })
  let connections = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { client: createCentralClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), heard }
}

function answer(socket: Socket): void {
  const body = JSON.stringify(page)
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.write(`${head}\r\n\r\n${body}`)
}

test.each([
  ['ends', (socket: Socket) => void socket.end()],
  ['is reset', (socket: Socket) => void socket.resetAndDestroy()],
  ['ends amid the answer', (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{')],
])('S5.9 S5.1 an exchange whose connection %s under it is sent once more, on another one', async (_how, then) => {
  const { client, heard } = await centralThat(then)
  expect(await client.sync('d', request)).toMatchObject({ ok: true })
  // Its connection is free for the next one a turn after the answer was read.
  await nextTurn()
  expect(await client.sync('d', request)).toEqual({ ok: true, value: page })
  expect(heard).toEqual(['1 /sync', '1 /sync', '2 /sync'])
})

test('S5.9 a central whose every connection ends is away: nothing is asked a third time', async () => {
  const { client, heard } = await centralThat((socket) => void socket.end(), false)
  expect(await client.sync('d', request)).toMatchObject({ ok: false, error: { code: 'centralUnreachable' } })
  expect(heard).toEqual(['1 /sync', '2 /sync'])
})

test('S5.9 a sign-in counts at central: it is not sent once more', async () => {
  const { client, heard } = await centralThat((socket) => void socket.end(), false)
  const signIn = client.signIn('d', { staffNo: '1003', password: 'p', storeId: 's' })
  expect(await signIn).toMatchObject({ ok: false, error: { code: 'centralUnreachable' } })
  expect(heard).toEqual(['1 /sign-in'])
})
