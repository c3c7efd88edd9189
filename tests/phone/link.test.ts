/** The line and the calls over a link that comes and goes, with SIP.js itself and a clock of the test's own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { comeBack, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a registration', () => {
  test('whose refresh is lost is asked for again, and stands', async () => {
    const wired = await wirePhone()
    registered(wired)
    await untilSent(wired.socket, 'REGISTER', 2)
    registered(wired, await untilSent(wired.socket, 'REGISTER', 3))
    await settle()
    expect(wired.lines.at(-1)).toBe('registered')
  })

  test('whose refresh was under way when the link was cut is asked for on the new one', async () => {
    const wired = await wirePhone()
    registered(wired)
    await untilSent(wired.socket, 'REGISTER', 2)
    wired.socket.drop()
    const socket = await comeBack(wired.socket)
    registered(wired, await untilSent(socket, 'REGISTER', 1))
    await settle()
    expect(wired.lines.at(-1)).toBe('registered')
  })

  test('whose refresh is answered late has stood all the time', async () => {
    const wired = await wirePhone()
    registered(wired)
    const asked = await untilSent(wired.socket, 'REGISTER', 2)
    await vi.advanceTimersByTimeAsync(3_000)
    registered(wired, asked)
    await settle()
    expect(wired.lines).not.toContain('failed')
  })
})

describe('a call', () => {
  test.each(['500 Server Internal Error', '488 Not Acceptable Here'])(
    'whose hold was answered %s can offer again',
    async (answer) => {
      const wired = await wirePhone()
      registered(wired)
      await standingCall(wired)
      const refused = wired.phone.hold('standing', true)
      wired.answer(answer, [], await untilSent(wired.socket, 'INVITE', 1))
      expect(await refused).toBe(false)
      void wired.phone.hold('standing', true)
      await untilSent(wired.socket, 'INVITE', 2)
    },
  )

  test('that was hung up while the link was cut ends as soon as it is back', async () => {
    const wired = await wirePhone()
    registered(wired)
    await standingCall(wired)
    wired.socket.drop()
    wired.phone.hangUp('standing')
    const socket = await comeBack(wired.socket)
    registered(wired, await untilSent(socket, 'REGISTER', 1))
    await untilSent(socket, 'BYE', 1)
    expect(ofMethod(socket, 'INVITE')).toEqual([])
  })

  test('that is still rung when it is given up during a cut is cancelled', async () => {
    const wired = await wirePhone()
    registered(wired)
    void wired.phone.dial('mine', '1101', new MediaStream())
    const invite = await untilSent(wired.socket, 'INVITE', 1)
    wired.answer('180 Ringing', ['Contact: <sip:exchange.test;transport=ws>'], invite)
    wired.socket.drop()
    wired.phone.hangUp('mine')
    const socket = await comeBack(wired.socket)
    registered(wired, await untilSent(socket, 'REGISTER', 1))
    await untilSent(socket, 'CANCEL', 1)
  })

  test('outlives a second cut: an offer that nobody heard says nothing of the other side', async () => {
    const wired = await wirePhone()
    registered(wired)
    await standingCall(wired)
    wired.socket.drop()
    const second = await comeBack(wired.socket)
    registered(wired, await untilSent(second, 'REGISTER', 1))
    await untilSent(second, 'INVITE', 1)
    second.drop()
    const third = await comeBack(second)
    registered(wired, await untilSent(third, 'REGISTER', 1))
    await untilSent(third, 'INVITE', 1)
    expect(wired.over).toEqual([])
  })
})
