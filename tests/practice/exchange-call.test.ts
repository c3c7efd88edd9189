/** Calls of the practice exchange that stand: what passes in them, and what becomes of them. */
import { expect, test } from 'vitest'
import { openHouse } from './support/practice-house.ts'
import { agentIds, talk } from './support/queue-call.ts'
import { connect, value } from './support/sip-client.ts'
import { until } from './support/until.ts'

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
