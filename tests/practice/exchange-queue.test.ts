import { expect, test } from 'vitest'
import { openHouse } from './support/practice-house.ts'
import type { House } from './support/practice-house.ts'
import { connect, toTag, value } from './support/sip-client.ts'
import type { InviteIds, Received, SipClient } from './support/sip-client.ts'
import { until } from './support/until.ts'

/** A citizen and an operator in a call of the queue. */
async function talk(house: House): Promise<{ citizen: SipClient; agent: SipClient; ids: InviteIds; offer: Received }> {
  const agent = await house.agent('1001')
  const citizen = await house.citizen()
  const asked = await citizen.invite('12345', 'citizen')
  const offer = await agent.take(/^INVITE/)
  agent.reply(offer, '200 OK', 'agent')
  const answer = await citizen.take(/^SIP\/2.0 200/)
  const ids = { ...asked, toTag: toTag(answer) }
  citizen.request('ACK', agent.contact, ids)
  await agent.take(/^ACK/)
  return { citizen, agent, ids, offer }
}

/** The ids of the operator's own requests in a call. */
function agentIds(offer: Received, sequence: number): Partial<InviteIds> {
  return {
    callId: value(offer, 'call-id'),
    fromTag: 'agent',
    toTag: /tag=([^;]+)/.exec(value(offer, 'from'))?.[1] ?? '',
    sequence,
    callee: '13800002210',
  }
}

test('a queued citizen hears 182, then rings and talks to the operator who comes', async () => {
  await using house = await openHouse()
  const citizen = await house.citizen()
  const ids = await citizen.invite('12345', 'citizen', ['X-Call-Id: forged'])
  expect(value(await citizen.take(/^SIP\/2.0 182/), 'contact')).toContain('sip:12345@')
  const agent = await house.agent('1001')
  const offer = await agent.take(/^INVITE/)
  expect(offer.first).toBe(`INVITE ${agent.contact} SIP/2.0`)
  expect(offer.headers.get('x-call-id')).toEqual([(await house.event('queued')).callId])
  expect(value(offer, 'x-queue')).toBe('12345')
  expect(value(offer, 'from')).toContain('sip:13800002210@')
  expect(value(offer, 'max-forwards')).toBe('69')
  expect(offer.text).not.toContain('Proxy-Authorization')

  agent.reply(offer, '180 Ringing', 'agent')
  await citizen.take(/^SIP\/2.0 180/)
  agent.reply(offer, '200 OK', 'agent')
  const answer = await citizen.take(/^SIP\/2.0 200/)
  expect(answer.headers.get('via')).toHaveLength(1)
  expect(value(answer, 'record-route')).toContain(`127.0.0.1:${house.exchange.port}`)
  citizen.request('ACK', agent.contact, { ...ids, toTag: toTag(answer) }, [`Route: ${value(answer, 'record-route')}`])
  expect((await agent.take(/^ACK/)).headers.has('route')).toBe(false)

  citizen.request('BYE', agent.contact, { ...ids, toTag: toTag(answer), branch: 'z9hG4bKbye', sequence: 3 })
  agent.reply(await agent.take(/^BYE/), '200 OK')
  await citizen.take(/^SIP\/2.0 200/)
  expect(await house.event('callEnded')).toMatchObject({ from: '138****2210', agent: '1001', outcome: 'answered' })
  expect(house.exchange.stats()).toMatchObject({ dialogs: 0, waiting: 0, calls: [{ from: '13800002210' }] })
})

test('no event shows a whole number of a citizen', async () => {
  await using house = await openHouse()
  const { citizen, agent, offer } = await talk(house)
  await citizen.register('citizen')
  agent.request('BYE', citizen.contact, agentIds(offer, 1))
  await house.event('callEnded')
  expect(JSON.stringify(house.events)).not.toContain('13800002210')
})

test('the operator hangs up', async () => {
  await using house = await openHouse()
  const { citizen, agent, offer } = await talk(house)
  agent.request('BYE', citizen.contact, agentIds(offer, 1))
  citizen.reply(await citizen.take(/^BYE/), '200 OK')
  await agent.take(/^SIP\/2.0 200/)
  expect(await house.event('callEnded')).toMatchObject({ outcome: 'answered' })
})

test('Q4 after the ring timeout the next operator rings, with the same X-Call-Id', async () => {
  await using house = await openHouse()
  const first = await house.agent('1001')
  const second = await house.agent('1002')
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  const offer = await first.take(/^INVITE/)
  first.reply(offer, '180 Ringing', 'first')
  await citizen.take(/^SIP\/2.0 180/)
  house.pass(20_000)
  const next = await second.take(/^INVITE/)
  expect(value(next, 'x-call-id')).toBe(value(offer, 'x-call-id'))
  const cancel = await first.take(/^CANCEL/)
  expect(value(cancel, 'via')).toBe(value(offer, 'via'))
  first.reply(cancel, '200 OK')
  first.reply(offer, '487 Request Terminated', 'first')
  await first.take(/^ACK/)
  await citizen.take(/^SIP\/2.0 182/)
  second.reply(next, '200 OK', 'second')
  await citizen.take(/^SIP\/2.0 200/)
  expect(citizen.left().filter((line) => /^SIP\/2.0 [3-6]/.test(line))).toEqual([])
  expect(house.events.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['queued', 'offered', 'ringTimeout', 'answered']),
  )
})

test('a CANCEL waits for the first provisional response', async () => {
  await using house = await openHouse()
  const agent = await house.agent('1001')
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  const offer = await agent.take(/^INVITE/)
  house.pass(20_000)
  await house.event('ringTimeout')
  expect(agent.left()).toEqual([])
  agent.reply(offer, '180 Ringing', 'late')
  await agent.take(/^CANCEL/)
})

test.each(['480 Temporarily Unavailable', '486 Busy Here', '603 Decline'])(
  'Q5 a refusal (%s) goes to the next operator and not to the citizen',
  async (status) => {
    await using house = await openHouse()
    const first = await house.agent('1001')
    const second = await house.agent('1002')
    const citizen = await house.citizen()
    await citizen.invite('12345', 'citizen')
    first.reply(await first.take(/^INVITE/), status, 'first')
    await first.take(/^ACK/)
    await second.take(/^INVITE/)
    await citizen.take(/^SIP\/2.0 182/)
    expect(citizen.left().filter((line) => /^SIP\/2.0 [3-6]/.test(line))).toEqual([])
  },
)

test('Q7 an operator whose socket dies while ringing drops out', async () => {
  await using house = await openHouse()
  const first = await house.agent('1001')
  const second = await house.agent('1002')
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  await first.take(/^INVITE/)
  await first.close()
  await second.take(/^INVITE/)
  expect(await house.event('unregistered')).toMatchObject({ user: '1001' })
})

test('Q9 CANCEL while waiting: 487, recorded as abandoned', async () => {
  await using house = await openHouse()
  const citizen = await house.citizen()
  const ids = await citizen.invite('12345', 'citizen')
  await citizen.take(/^SIP\/2.0 182/)
  citizen.request('CANCEL', ids.uri, ids)
  await citizen.take(/^SIP\/2.0 200/)
  const end = await citizen.take(/^SIP\/2.0 487/)
  expect(value(end, 'cseq')).toBe('2 INVITE')
  citizen.request('ACK', ids.uri, { ...ids, toTag: toTag(end) })
  expect(await house.event('callEnded')).toMatchObject({ outcome: 'abandoned', agent: null, answeredAt: null })
})

test('Q9 CANCEL while ringing stops the ringing', async () => {
  await using house = await openHouse()
  const agent = await house.agent('1001')
  const citizen = await house.citizen()
  const ids = await citizen.invite('12345', 'citizen')
  agent.reply(await agent.take(/^INVITE/), '180 Ringing', 'agent')
  await citizen.take(/^SIP\/2.0 180/)
  citizen.request('CANCEL', ids.uri, ids)
  await agent.take(/^CANCEL/)
  await citizen.take(/^SIP\/2.0 487/)
  expect(await house.event('callEnded')).toMatchObject({ outcome: 'abandoned' })
  expect(house.exchange.stats().dialogs).toBe(0)
})

test('Q9 a citizen whose socket dies in the queue is recorded as abandoned', async () => {
  await using house = await openHouse()
  const citizen = await house.citizen()
  await citizen.invite('12345', 'citizen')
  await citizen.take(/^SIP\/2.0 182/)
  await citizen.close()
  expect(await house.event('callEnded')).toMatchObject({ outcome: 'abandoned' })
})

test('Q11 an answer that crosses the CANCEL is released by ACK and BYE', async () => {
  await using house = await openHouse()
  const agent = await house.agent('1001')
  const citizen = await house.citizen()
  const ids = await citizen.invite('12345', 'citizen')
  const offer = await agent.take(/^INVITE/)
  agent.reply(offer, '180 Ringing', 'agent')
  await citizen.take(/^SIP\/2.0 180/)
  citizen.request('CANCEL', ids.uri, ids)
  await agent.take(/^CANCEL/)
  agent.reply(offer, '200 OK', 'agent')
  expect(value(await agent.take(/^ACK/), 'cseq')).toBe('2 ACK')
  expect(value(await agent.take(/^BYE/), 'cseq')).toBe('3 BYE')
  await citizen.take(/^SIP\/2.0 487/)
})

test('Q8 an operator in a call is offered no second one, and after it is the next', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids } = await talk(house)
  const other = await connect(house.exchange.url, 'c2')
  await other.invite('12345', 'citizen')
  await other.take(/^SIP\/2.0 182/)
  expect(agent.left()).toEqual([])
  citizen.request('BYE', agent.contact, { ...ids, branch: 'z9hG4bKbye', sequence: 3 })
  expect(value(await agent.take(/^INVITE/), 'from')).toContain('sip:c2@')
})

test('re-INVITE and INFO pass in the dialog, both ways', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids, offer } = await talk(house)
  agent.request('INVITE', citizen.contact, agentIds(offer, 1))
  citizen.reply(await citizen.take(/^INVITE/), '200 OK')
  await agent.take(/^SIP\/2.0 200/)
  agent.request('ACK', citizen.contact, agentIds(offer, 1))
  await citizen.take(/^ACK/)
  citizen.request('INFO', agent.contact, { ...ids, branch: 'z9hG4bKinfo', sequence: 3 })
  agent.reply(await agent.take(/^INFO/), '200 OK')
  expect(value(await citizen.take(/^SIP\/2.0 200/), 'cseq')).toBe('3 INFO')
})

test('a stranger on another socket cannot end a call', async () => {
  await using house = await openHouse()
  const { ids, agent } = await talk(house)
  const stranger = await connect(house.exchange.url, '13800002210')
  stranger.request('BYE', agent.contact, { ...ids, branch: 'z9hG4bKevil', sequence: 9 })
  await stranger.take(/^SIP\/2.0 407/)
  expect(house.exchange.stats().dialogs).toBe(1)
  expect(agent.left()).toEqual([])
})

test('an operator whose socket died gets the BYE after registering again', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids } = await talk(house)
  await agent.close()
  citizen.request('BYE', agent.contact, { ...ids, branch: 'z9hG4bKbye', sequence: 3 })
  await house.event('callEnded')
  const again = await house.agent('1001')
  again.reply(await again.take(/^BYE/), '200 OK')
  await citizen.take(/^SIP\/2.0 200/)
  expect(house.exchange.stats().dialogs).toBe(0)
})

test('a call goes on over the socket on which the operator registered again', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids, offer } = await talk(house)
  await agent.close()
  await house.event('unregistered')
  const again = await house.agent('1001')
  citizen.request('INFO', agent.contact, { ...ids, branch: 'z9hG4bKinfo', sequence: 3 })
  again.reply(await again.take(/^INFO/), '200 OK')
  await citizen.take(/^SIP\/2.0 200/)
  again.request('BYE', citizen.contact, agentIds(offer, 1))
  expect((await citizen.take(/^BYE/)).first).toContain(citizen.contact)
})

test('a BYE to an operator who does not come back is answered 480', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids } = await talk(house)
  await agent.close()
  await house.event('unregistered')
  citizen.request('BYE', agent.contact, { ...ids, branch: 'z9hG4bKbye', sequence: 3 })
  await house.event('callEnded')
  house.pass(25_000)
  await citizen.take(/^SIP\/2.0 480/)
  expect(house.exchange.stats().dialogs).toBe(0)
})

test('the citizen gets BYE when the operator comes back with another telephone', async () => {
  await using house = await openHouse()
  const { citizen, agent } = await talk(house)
  await agent.close()
  await house.event('unregistered')
  await house.agent('1001', 'new')
  citizen.reply(await citizen.take(/^BYE/), '200 OK')
  expect(await house.event('callEnded')).toMatchObject({ outcome: 'answered', agent: '1001' })
})

test('after five minutes of calls nothing is left behind', async () => {
  await using house = await openHouse()
  const { citizen, agent, ids } = await talk(house)
  citizen.request('BYE', agent.contact, { ...ids, branch: 'z9hG4bKbye', sequence: 3 })
  agent.reply(await agent.take(/^BYE/), '200 OK')
  await citizen.take(/^SIP\/2.0 200/)
  await Promise.all([citizen.close(), agent.close()])
  await until(() => house.exchange.stats().connections === 0)
  house.pass(5 * 60_000)
  expect(house.exchange.stats()).toMatchObject({ registered: [], waiting: 0, dialogs: 0, transactions: 0, nonces: 0 })
})

test('a side that stays away ends the call for the other one', async () => {
  await using house = await openHouse({ lostPartyMs: 10_000 })
  const { citizen, agent } = await talk(house)
  await citizen.close()
  await until(() => house.exchange.stats().connections === 1)
  house.pass(9_000)
  expect(house.exchange.stats().dialogs).toBe(1)
  house.pass(2_000)
  const bye = await agent.take(/^BYE/)
  expect(bye.first).toContain(agent.contact)
  expect(value(bye, 'from')).toContain('sip:13800002210@')
  expect(house.exchange.stats().dialogs).toBe(0)
})
