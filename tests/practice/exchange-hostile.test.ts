import { expect, test } from 'vitest'
import { checkRequest } from '../../central/practice/check-request.ts'
import { parseMessage, serializeMessage } from '../../central/practice/sip-message.ts'
import { canBeAnswered } from '../../central/practice/sip-reply.ts'
import { openHouse } from './support/practice-house.ts'
import { inviteText, mutate, seeded } from './support/samples.ts'
import { connect, value } from './support/sip-client.ts'

const methods = ['REGISTER', 'BYE', 'ACK', 'CANCEL', 'OPTIONS', 'INFO', 'FOO']
const samples = [
  inviteText,
  ...methods.map((method) => inviteText.replaceAll('INVITE', method)),
  inviteText.replace('To: <sip:12345@sanxin.practice>', 'To: <sip:12345@sanxin.practice>;tag=t'),
]

test('parsing and checking never throw: 20,000 damaged messages', () => {
  const faults: number[] = []
  for (let seed = 1; seed <= 20_000; seed++) {
    const random = seeded(seed)
    const text = mutate(samples[random(samples.length)] ?? '', random)
    const message = parseMessage(text)
    if (message.kind === 'request') {
      checkRequest(message)
      // What was read can be written, and read again as the same.
      if (parseMessage(serializeMessage(message)).kind !== 'request') faults.push(seed)
    } else if (message.kind === 'bad' && message.status < 400) faults.push(seed)
  }
  expect(faults).toEqual([])
})

test('2,000 damaged messages get a 4xx, a 5xx or nothing, and the exchange still works', async () => {
  await using house = await openHouse()
  const accepted: string[] = []
  for (let batch = 0; batch < 4; batch++) {
    const hostile = await connect(house.exchange.url, '1001')
    for (let seed = 1; seed <= 500; seed++) {
      const random = seeded(batch * 500 + seed)
      hostile.send(mutate(samples[random(samples.length)] ?? '', random))
    }
    hostile.request('OPTIONS', 'sip:sanxin.practice', { callId: 'the-end' })
    for (;;) {
      const answer = await hostile.take(/^SIP\/2.0|^$/)
      if (value(answer, 'call-id') === 'the-end') break
      const status = Number(answer.first.split(' ')[1] ?? 400)
      // A mutation can leave an OPTIONS whole, which is answered 200.
      if (!value(answer, 'cseq').endsWith('OPTIONS') && answer.first !== '' && status < 400) accepted.push(answer.text)
    }
    await hostile.close()
  }
  expect(accepted).toEqual([])
  expect(house.events.filter(({ event }) => event === 'fault')).toEqual([])
  expect(house.exchange.stats()).toMatchObject({ dialogs: 0, waiting: 0 })
  const agent = await house.agent('1001')
  await (await house.citizen()).invite('12345', 'citizen')
  await agent.take(/^INVITE/)
})

test.each([
  ['405 for an unknown method', inviteText.replaceAll('INVITE', 'FOO'), 405],
  ['481 for a BYE without a call', inviteText.replaceAll('INVITE', 'BYE'), 481],
  [
    '481 for a tag of no call',
    inviteText.replace('To: <sip:12345@sanxin.practice>', 'To: <sip:12345@sanxin.practice>;tag=t'),
    481,
  ],
  ['481 for a CANCEL of nothing', inviteText.replaceAll('INVITE', 'CANCEL'), 481],
  ['483 for Max-Forwards 0', inviteText.replace('Max-Forwards: 70', 'Max-Forwards: 0'), 483],
  ['400 for a missing CSeq method', inviteText.replace('CSeq: 2 INVITE', 'CSeq: 2'), 400],
  ['413 above 64 KiB', `${inviteText.replace('Content-Length: 0', 'Content-Length: 70000')}${'x'.repeat(70_000)}`, 413],
  ['505 for another version', inviteText.replace(' SIP/2.0\r\n', ' SIP/3.0\r\n'), 505],
])('answers %s', async (_name, text, status) => {
  await using house = await openHouse()
  const client = await connect(house.exchange.url)
  client.send(text)
  expect((await client.take(/^SIP\/2.0/)).first).toContain(`SIP/2.0 ${status} `)
})

test('answers a double CRLF with CRLF', async () => {
  await using house = await openHouse()
  const client = await connect(house.exchange.url)
  client.send('\r\n\r\n')
  expect((await client.take(/^$/)).text).toBe('\r\n')
})

test('drops what cannot be answered: ACK, responses nobody asked for, noise', async () => {
  await using house = await openHouse()
  const client = await connect(house.exchange.url)
  for (const text of [
    inviteText.replaceAll('INVITE', 'ACK'),
    `SIP/2.0 200 OK\r\n${inviteText.slice(inviteText.indexOf('Via'))}`,
    'noise',
    '\u0000',
  ])
    client.send(text)
  client.request('OPTIONS', 'sip:sanxin.practice', {})
  await client.take(/^SIP\/2.0 200/)
  expect(client.left()).toEqual([])
  const noise = parseMessage('noise')
  expect(noise.kind === 'bad' && canBeAnswered(noise.request)).toBe(false)
})

test('a flood closes the flooding socket only', async () => {
  await using house = await openHouse()
  const other = await connect(house.exchange.url, '1002')
  const flood = await connect(house.exchange.url)
  for (let i = 0; i < 3_000; i++) flood.send('\r\n\r\n')
  expect((await flood.closed).code).toBe(1008)
  expect((await other.register('secret')).first).toBe('SIP/2.0 200 OK')
})

test('a frame far above every limit closes the socket', async () => {
  await using house = await openHouse()
  const client = await connect(house.exchange.url)
  client.send('x'.repeat(300 * 1024))
  expect((await client.closed).code).toBe(1009)
})
