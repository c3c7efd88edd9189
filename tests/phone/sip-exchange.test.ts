import { describe, expect, test } from 'vitest'
import type { Caller } from '../../shared/call/call.ts'
import { createSipPhone, type PhoneOptions } from '../../renderer/phone/sip-phone.ts'
import type { LineState } from '../../renderer/phone/sip-ports.ts'
import { openHouse, type House } from '../practice/support/practice-house.ts'

const line = { extension: '1001', password: 'secret', domain: 'sanxin.practice' }

/** A phone of the desk, and what it says of its line and of who calls. */
function openPhone(options: PhoneOptions = {}) {
  const invited = Promise.withResolvers<Caller>()
  const waiting: { readonly state: LineState; readonly tell: () => void }[] = []
  const phone = createSipPhone(
    '7b8e9f6a-0000-4000-8000-000000000001',
    {
      line: (state) => {
        for (const one of waiting.splice(0)) {
          if (one.state === state) one.tell()
          else waiting.push(one)
        }
      },
      invited: invited.resolve,
      untaken: () => undefined,
      told: () => undefined,
      rangThere: () => undefined,
      early: () => undefined,
      established: () => undefined,
      over: () => undefined,
    },
    options,
  )
  return {
    phone,
    invited: invited.promise,
    until: (state: LineState) => new Promise<void>((tell) => void waiting.push({ state, tell })),
  }
}

test('the phone registers with SHA-256 at a real socket of the practice exchange, and a citizen reaches it', async () => {
  await using house = await openHouse()
  const { phone, invited, until } = openPhone({ algorithms: ['SHA-256'] })
  const registered = until('registered')
  await phone.connect(line, [house.exchange.url], [])
  await registered
  expect(house.exchange.stats().registered).toEqual(['1001'])
  const citizen = await house.citizen('13800002210')
  await citizen.invite('12345', 'citizen')
  const caller = await invited
  expect(caller.number).toBe('13800002210')
  phone.refuse(caller.callId, 480)
  await house.event('refused')
  await phone.disconnect()
})

const registeredAt = ({ exchange }: House) => exchange.stats().registered

describe('with two exchanges', () => {
  test('N8 the first of which is not there, the line stands at the second', async () => {
    const gone = await openHouse()
    await gone.exchange.close()
    await using second = await openHouse()
    const { phone, until } = openPhone({ random: () => 0 })
    const registered = until('registered')
    await phone.connect(line, [gone.exchange.url, second.exchange.url], [])
    await registered
    expect(registeredAt(second)).toEqual(['1001'])
    await phone.disconnect()
  })

  test('N8 the line goes from the one that is closed to the other, and holds one contact', async () => {
    const first = await openHouse()
    await using second = await openHouse()
    const { phone, until } = openPhone({ random: () => 0 })
    const registered = until('registered')
    await phone.connect(line, [first.exchange.url, second.exchange.url], [])
    await registered
    expect([registeredAt(first), registeredAt(second)]).toEqual([['1001'], []])
    const again = until('registered')
    await first.exchange.close()
    await again
    expect(registeredAt(second)).toEqual(['1001'])
    await phone.disconnect()
    expect(registeredAt(second)).toEqual([])
  })
})
