import { expect, test } from 'vitest'
import { FakePeer } from './support/fake-browser.ts'
import { wirePhone } from './support/fake-exchange.ts'

test('a call looks for its way by the servers that the settings name', async () => {
  const iceServers = [{ urls: 'turn:turn.example', username: 'desk', credential: 'secret' }]
  const { phone } = await wirePhone({ iceServers })
  void phone.dial('mine', '601', new MediaStream())
  await new Promise((resolve) => setImmediate(resolve))
  expect(FakePeer.last?.configuration.iceServers).toEqual(iceServers)
})
