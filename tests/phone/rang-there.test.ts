/** What the exchange reports of a call that is dialled, before anybody answers. */
import { expect, test } from 'vitest'
import { settle, wirePhone, type Wired } from './support/fake-exchange.ts'
import { soundSdp } from './support/fake-browser.ts'
import { registered } from './support/link-time.ts'

const fromThere = ['Contact: <sip:exchange.test;transport=ws>']

async function dialling(): Promise<{ wired: Wired; invite: string }> {
  const wired = await wirePhone()
  registered(wired)
  void wired.phone.dial('mine', '1101', new MediaStream())
  await settle()
  return { wired, invite: wired.socket.sent.find((text) => text.startsWith('INVITE')) ?? expect.fail('nobody dialled') }
}

test.each([
  ['100 Trying', []],
  ['181 Call Is Being Forwarded', []],
  ['182 Queued', []],
  ['183 Session Progress', []],
  ['180 Ringing', ['mine']],
])('C15 %s of a dialled call: told as ringing %j', async (status, told) => {
  const { wired, invite } = await dialling()
  wired.answer(status, fromThere, invite)
  await settle()
  expect(wired.rangThere).toEqual(told)
})

test('C15 an announcement before the answer is no ring, one that rings after it is', async () => {
  const { wired, invite } = await dialling()
  wired.answer('183 Session Progress', fromThere, invite, soundSdp)
  await settle()
  expect(wired.rangThere).toEqual([])
  wired.answer('180 Ringing', fromThere, invite)
  await settle()
  expect(wired.rangThere).toEqual(['mine'])
})

test('C15 a ring reported of a call that was given up says nothing', async () => {
  const { wired, invite } = await dialling()
  wired.phone.hangUp('mine')
  await settle()
  wired.answer('180 Ringing', fromThere, invite)
  await settle()
  expect(wired.rangThere).toEqual([])
})
