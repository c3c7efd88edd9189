/** N8: the line goes to the next of several servers, and a call keeps to its own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createServerRound } from '../../renderer/phone/server-round.ts'
import { FakeSocket } from './support/fake-browser.ts'
import { settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { backAgain, nextSocket, ofMethod, registered, untilSent } from './support/link-time.ts'

const A = 'ws://a.test'
const B = 'ws://b.test'
const servers = [A, B]

test('N8 a round tries each server once and begins where the line stood last; kept, it tries that one alone', () => {
  let kept = false
  const round = createServerRound(['a', 'b', 'c'], () => kept)
  const tried = () => {
    const seen = [round.current()]
    while (round.failed()) seen.push(round.current())
    return seen.join('')
  }
  expect([tried(), tried()]).toEqual(['abc', 'abc'])
  round.failed()
  round.stood()
  expect([tried(), tried()]).toEqual(['bca', 'bca'])
  kept = true
  expect([tried(), tried()]).toEqual(['b', 'b'])
})

describe('with a clock of the test’s own', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('N8 a server that cannot be reached is followed by the next at once', async () => {
    const wired = await wirePhone({ servers })
    registered(wired)
    wired.socket.drop()
    const again = await nextSocket(wired.socket)
    expect(again.url).toBe(A)
    again.refuse()
    await settle()
    expect(FakeSocket.last?.url).toBe(B)
  })

  test.each(['503 Service Unavailable', '408 Request Timeout'])(
    'N8 a server that answers REGISTER %s is left for the next at once, and its connection is closed',
    async (answer) => {
      const wired = await wirePhone({ servers })
      const closed = vi.spyOn(wired.socket, 'close')
      wired.answer(answer)
      await settle()
      expect(closed).toHaveBeenCalled()
      const second = FakeSocket.last
      if (second === null) throw new Error('no socket')
      expect(second.url).toBe(B)
      second.open()
      registered(wired, await untilSent(second, 'REGISTER', 1))
      await settle()
      expect(wired.lines.at(-1)).toBe('registered')
      // The one that took the line is the first to be tried from now on.
      second.drop()
      expect((await nextSocket(second)).url).toBe(B)
    },
  )

  test('N8 a server that takes the connection and says nothing is followed by the next', async () => {
    const wired = await wirePhone({ servers })
    wired.socket.swallows = true
    await vi.advanceTimersByTimeAsync(5_100)
    expect(FakeSocket.last?.url).toBe(B)
  })

  test('N8 when all of them fail the round waits, and its bound doubles', async () => {
    const wired = await wirePhone({ servers, random: () => 0.999 })
    registered(wired)
    wired.socket.drop()
    const times: number[] = []
    for (let last = wired.socket; times.length < 6;) {
      last = await nextSocket(last)
      times.push(Date.now())
      last.refuse()
      await settle()
    }
    const gaps = times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 1000))
    expect(gaps).toEqual([0, 8, 0, 16, 0])
    expect(FakeSocket.tried).toEqual([A, A, B, A, B, A, B])
  })

  test('N8 wrong credentials are wrong at every server', async () => {
    const wired = await wirePhone({ servers })
    wired.answer('403 Forbidden')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.tried).toEqual([A])
    expect(wired.lines.at(-1)).toBe('failed')
  })

  test('N8 a call keeps to the server that holds its dialog, for a cut of some seconds', async () => {
    const wired = await wirePhone({ servers })
    registered(wired)
    await standingCall(wired)
    wired.socket.drop()
    const first = await nextSocket(wired.socket)
    first.refuse()
    const back = await backAgain(wired, first)
    expect(FakeSocket.tried).toEqual([A, A, A])
    await untilSent(back, 'INVITE', 1)
    expect(wired.over).toEqual([])
  })

  test('N8 a server that stays away is left with the call, which the next one does not know: it is lost, visibly', async () => {
    const wired = await wirePhone({ servers })
    registered(wired)
    await standingCall(wired)
    wired.socket.drop()
    let last = wired.socket
    for (;;) {
      last = await nextSocket(last)
      if (last.url === B) break
      last.refuse()
    }
    last.open()
    registered(wired, await untilSent(last, 'REGISTER', 1))
    wired.answer('481 Call Does Not Exist', [], await untilSent(last, 'INVITE', 1))
    await settle()
    expect(wired.failed).toEqual(['standing'])
  })

  test('N8 a refused refresh leaves no call without its server', async () => {
    const wired = await wirePhone({ servers })
    registered(wired)
    await standingCall(wired)
    wired.answer('503 Service Unavailable', [], await untilSent(wired.socket, 'REGISTER', 2))
    wired.answer('503 Service Unavailable', [], await untilSent(wired.socket, 'REGISTER', 3))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(FakeSocket.tried).toEqual([A])
    expect(ofMethod(wired.socket, 'REGISTER').length).toBeGreaterThan(3)
  })
})
