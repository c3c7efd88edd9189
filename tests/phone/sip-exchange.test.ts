import { expect, test } from 'vitest'
import type { Caller } from '../../shared/call/call-machine.ts'
import { createSipPhone } from '../../renderer/phone/sip-phone.ts'
import { openHouse } from '../practice/support/practice-house.ts'

test('the phone registers with SHA-256 at a real socket of the practice exchange, and a citizen reaches it', async () => {
  await using house = await openHouse()
  const registered = Promise.withResolvers<void>()
  const invited = Promise.withResolvers<Caller>()
  const phone = createSipPhone(
    '7b8e9f6a-0000-4000-8000-000000000001',
    {
      line: (state) => state === 'registered' && registered.resolve(),
      invited: invited.resolve,
      told: () => undefined,
      established: () => undefined,
      over: () => undefined,
    },
    { algorithms: ['SHA-256'] },
  )
  await phone.connect({ extension: '1001', password: 'secret', domain: 'sanxin.practice' }, house.exchange.url)
  await registered.promise
  expect(house.exchange.stats().registered).toEqual(['1001'])
  const citizen = await house.citizen('13800002210')
  await citizen.invite('12345', 'citizen')
  const caller = await invited.promise
  expect(caller.number).toBe('13800002210')
  phone.refuse(caller.callId, 480)
  await house.event('refused')
  await phone.disconnect()
})
