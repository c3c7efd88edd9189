/** N5: credentials that the exchange refuses, before it ever took them and after. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeSocket } from './support/fake-browser.ts'
import { settle, wirePhone } from './support/fake-exchange.ts'
import { comeBack, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('credentials that are refused', () => {
  const answers = ['403 Forbidden', '404 Not Found']

  test.each(answers)('N5 and were never taken are not tried again (%s)', async (answer) => {
    const wired = await wirePhone()
    wired.answer(answer)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(ofMethod(wired.socket, 'REGISTER')).toHaveLength(1)
    expect(wired.lines.at(-1)).toBe('failed')
    expect(wired.problems.at(-1)).toBe('wrongCredentials')
  })

  test.each(answers)('N5 and were taken before are tried again, no slower than every 30 s (%s)', async (answer) => {
    const wired = await wirePhone({ random: () => 0.999 })
    registered(wired)
    wired.socket.drop()
    const socket = await comeBack(wired.socket)
    const times: number[] = []
    for (let count = 1; count <= 6; count++) {
      const asked = await untilSent(socket, 'REGISTER', count)
      times.push(Date.now())
      wired.answer(answer, [], asked)
      await settle()
      expect([wired.lines.at(-1), wired.problems.at(-1)]).toEqual(['failed', 'refused'])
    }
    const gaps = times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 1000))
    expect(gaps).toEqual([8, 16, 30, 30, 30])
    registered(wired, await untilSent(socket, 'REGISTER', 7))
    await settle()
    expect([wired.lines.at(-1), wired.problems.at(-1)]).toEqual(['registered', null])
  })

  test('N5 and were taken before the next ones came say nothing of those', async () => {
    const wired = await wirePhone()
    registered(wired)
    const signedOut = wired.phone.disconnect()
    wired.answer('200 OK', [], await untilSent(wired.socket, 'REGISTER', 2))
    await signedOut
    const signedIn = wired.phone.connect(
      { extension: '1001', password: 'other', domain: 'sanxin.test' },
      ['ws://exchange'],
      [],
    )
    const socket = await comeBack(wired.socket)
    await signedIn
    wired.answer('403 Forbidden', [], await untilSent(socket, 'REGISTER', 1))
    await vi.advanceTimersByTimeAsync(600_000)
    expect(ofMethod(socket, 'REGISTER')).toHaveLength(1)
    expect(wired.problems.at(-1)).toBe('wrongCredentials')
  })

  test('N5 by one server, and were taken before, are tried at the next at once', async () => {
    const wired = await wirePhone({ servers: ['ws://a.test', 'ws://b.test'] })
    registered(wired)
    wired.socket.drop()
    const first = await comeBack(wired.socket)
    wired.answer('403 Forbidden', [], await untilSent(first, 'REGISTER', 1))
    await settle()
    expect(FakeSocket.last?.url).toBe('ws://b.test')
  })
})
