/** What the practice exchange tells the ledger: the same events as a real one, in the same form (E7). */
import { expect, test } from 'vitest'
import { foldLeg } from '../../shared/ledger/fold-leg.ts'
import { legEventSchema } from '../../shared/ledger/leg-event.ts'
import { openHouse, type House } from './support/practice-house.ts'
import { toTag } from './support/sip-client.ts'

const NUMBER = '13800002210'

function theOnlyRow({ legEvents }: House) {
  for (const event of legEvents) expect(legEventSchema.parse(event)).toEqual(event)
  expect(new Set(legEvents.map(({ leg }) => leg)).size).toBe(1)
  return foldLeg(legEvents)
}

test('who gives up while nobody is there, and while it rings', async () => {
  for (const rings of [false, true]) {
    await using house = await openHouse()
    const agent = rings ? await house.agent('1001') : null
    const citizen = await house.citizen()
    const ids = await citizen.invite('12345', 'citizen')
    if (agent === null) await citizen.take(/^SIP\/2.0 182/)
    else {
      agent.reply(await agent.take(/^INVITE/), '180 Ringing', 'agent')
      await citizen.take(/^SIP\/2.0 180/)
    }
    citizen.request('CANCEL', 'sip:12345@127.0.0.1', ids)
    const { callId } = await house.event('callEnded')
    const ending = rings ? 'abandonedRinging' : 'abandonedInQueue'
    expect(theOnlyRow(house)).toMatchObject({ leg: callId, number: NUMBER, called: '12345', queue: '12345', ending })
  }
})

test('who was rung for in vain, and is answered the second time', async () => {
  await using house = await openHouse({ ringMs: 5000 })
  const first = await house.agent('1001')
  const citizen = await house.citizen()
  const ids = await citizen.invite('12345', 'citizen')
  const offer = await first.take(/^INVITE/)
  first.reply(offer, '486 Busy Here', 'first')
  await house.event('refused')
  const second = await house.agent('1002')
  const again = await second.take(/^INVITE/)
  second.reply(again, '200 OK', 'second')
  const answer = await citizen.take(/^SIP\/2.0 200/)
  citizen.request('ACK', second.contact, { ...ids, toTag: toTag(answer) })
  citizen.request('BYE', second.contact, { ...ids, toTag: toTag(answer), branch: 'z9hG4bKbye', sequence: 3 })
  await house.event('callEnded')
  expect(house.legEvents.map(({ kind }) => kind)).toEqual([
    ...['began', 'queued', 'rang', 'lineEnded', 'rang', 'spoke', 'ended'],
  ])
  expect(theOnlyRow(house)).toMatchObject({ ending: 'answered', answeredBy: '1002' })
})
