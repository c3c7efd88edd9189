import { expect, test } from 'vitest'
import { connect, value } from './support/sip-client.ts'
import { openHouse } from './support/practice-house.ts'

test('registers with the right password and tells the contact', async () => {
  await using house = await openHouse()
  const phone = await connect(house.exchange.url, '1001')
  const answer = await phone.register('secret')
  expect(answer.first).toBe('SIP/2.0 200 OK')
  expect(value(answer, 'contact')).toBe(`<${phone.contact}>;expires=300`)
  expect(await house.event('registered')).toMatchObject({ user: '1001' })
  expect(house.exchange.stats().registered).toEqual(['1001'])
})

test('the strongest challenge stands first, and a telephone that knows MD5 alone registers all the same', async () => {
  await using house = await openHouse()
  const phone = await connect(house.exchange.url, '1001')
  phone.request('REGISTER', 'sip:sanxin.practice', {})
  const challenge = await phone.take(/^SIP\/2.0 401/)
  const offered = challenge.headers.get('www-authenticate') ?? []
  expect(offered.map((text) => /algorithm=([^,]+)/.exec(text)?.[1])).toEqual(['SHA-256', 'MD5'])
  expect((await phone.register('secret')).first).toBe('SIP/2.0 200 OK')
})

test('challenges a wrong password again, and after five refuses for good', async () => {
  await using house = await openHouse()
  const phone = await connect(house.exchange.url, '1001')
  for (let i = 0; i < 5; i++) expect((await phone.register('guess')).first).toBe('SIP/2.0 401 Unauthorized')
  phone.request('REGISTER', 'sip:sanxin.practice', {})
  await phone.take(/^SIP\/2.0 403/)
  expect(house.exchange.stats().registered).toEqual([])
})

test('an unknown user looks like a wrong password', async () => {
  await using house = await openHouse()
  expect((await (await connect(house.exchange.url, 'nobody')).register('secret')).first).toBe(
    'SIP/2.0 401 Unauthorized',
  )
})

test('unregisters with Expires 0, and refuses too short an interval', async () => {
  await using house = await openHouse()
  const phone = await house.agent('1001')
  const brief = await phone.register('secret', 3)
  expect(brief.first).toBe('SIP/2.0 423 Interval Too Brief')
  expect(value(brief, 'min-expires')).toBe('10')
  expect((await phone.register('secret', 0)).first).toBe('SIP/2.0 200 OK')
  expect(house.exchange.stats().registered).toEqual([])
  expect(await house.event('unregistered')).toMatchObject({ user: '1001' })
})

test('a new socket replaces the contact, and the late goodbye of the old one changes nothing', async () => {
  await using house = await openHouse()
  const old = await house.agent('1001', 'old')
  const next = await house.agent('1001', 'new')
  await old.register('secret', 0)
  expect(house.exchange.stats().registered).toEqual(['1001'])
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  await next.take(/^INVITE/)
  expect(old.left()).toEqual([])
})

test('a registration is gone with its socket, and expires by itself', async () => {
  await using house = await openHouse()
  const phone = await house.agent('1001')
  await phone.close()
  await house.event('unregistered')
  const short = await connect(house.exchange.url, '1002')
  await short.register('secret', 12)
  house.pass(11_000)
  expect(house.exchange.stats().registered).toEqual(['1002'])
  house.pass(1_000)
  expect(house.exchange.stats().registered).toEqual([])
})

test('a socket without the subprotocol sip is refused', async () => {
  await using house = await openHouse()
  await expect(connect(house.exchange.url, '1001', 'x', 'chat')).rejects.toThrow('400')
})

test('direct calls: 404 for nobody, 480 for who is away, through to who is there', async () => {
  await using house = await openHouse()
  const caller = await house.agent('1001')
  await caller.invite('nobody', 'secret')
  await caller.take(/^SIP\/2.0 404/)
  await caller.invite('1002', 'secret')
  await caller.take(/^SIP\/2.0 480/)
  const callee = await house.agent('1002')
  await caller.invite('1002', 'secret')
  callee.reply(await callee.take(/^INVITE/), '486 Busy Here', 'callee')
  await caller.take(/^SIP\/2.0 486/)
  expect(value(await callee.take(/^ACK/), 'cseq')).toBe('2 ACK')
})

test('Q8 an operator in a direct call is offered no queue call', async () => {
  await using house = await openHouse()
  const [caller, callee] = [await house.agent('1001'), await house.agent('1002')]
  await caller.invite('1002', 'secret')
  callee.reply(await callee.take(/^INVITE/), '200 OK', 'callee')
  await caller.take(/^SIP\/2.0 200/)
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  await citizen.take(/^SIP\/2.0 182/)
  expect([...caller.left(), ...callee.left()].filter((line) => line.startsWith('INVITE'))).toEqual([])
})

test('an INVITE must be authenticated by the user in From', async () => {
  await using house = await openHouse()
  const phone = await connect(house.exchange.url, '13800002210')
  await phone.invite('12345', 'guess')
  await phone.take(/^SIP\/2.0 407/)
  expect(house.exchange.stats()).toMatchObject({ waiting: 0 })
})
