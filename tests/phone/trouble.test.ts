/** What becomes of the calls when the link fails them (N1 to N7, sip-phone.ts), with SIP.js itself and a clock of the test’s own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeSocket, soundSdp } from './support/fake-browser.ts'
import { header, settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { backAgain, comeBack, nextSocket, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How long SIP.js waits for the answer to a request, in ms (64*T1). */
const TIMEOUT_MS = 32_000

async function readyPhone() {
  const wired = await wirePhone()
  registered(wired)
  return wired
}

async function inCall() {
  const wired = await readyPhone()
  return { wired, ...(await standingCall(wired)) }
}

describe('a link that is cut once more while a call finds its way', () => {
  test('N2 says nothing of the other side, however long it stays away', async () => {
    const { wired } = await inCall()
    wired.socket.drop()
    const second = await backAgain(wired, wired.socket)
    await untilSent(second, 'INVITE', 1)
    second.drop()
    const third = await comeBack(second)
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 5_000)
    registered(wired, await untilSent(third, 'REGISTER', 1))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(wired.over).toEqual([])
  })

  test('N2 the next offer waits for none that nobody heard', async () => {
    const { wired } = await inCall()
    wired.socket.drop()
    const second = await backAgain(wired, wired.socket)
    await untilSent(second, 'INVITE', 1)
    second.drop()
    const third = await backAgain(wired, second)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ofMethod(third, 'INVITE')).toHaveLength(1)
  })

  test('N2 a hold that was cut was not taken, and the next offer holds all the same', async () => {
    const { wired } = await inCall()
    const taken = wired.phone.hold('standing', true)
    await untilSent(wired.socket, 'INVITE', 1)
    wired.socket.drop()
    expect(await taken).toBe(false)
    await backAgain(wired, wired.socket)
    expect(wired.over).toEqual([])
  })
})

/** How long the phone waits before each of its next tries, in seconds; none gets through. */
async function waitsOf(before: FakeSocket, tries: number): Promise<number[]> {
  let socket = before
  const waits: number[] = []
  for (let n = 0; n < tries; n += 1) {
    const at = Date.now()
    socket = await nextSocket(socket)
    socket.refuse()
    await settle()
    waits.push(Math.round((Date.now() - at) / 1000))
  }
  return waits
}

describe('a link that stays away', () => {
  const random = () => 0.999_999
  test('N7 is tried again within eight seconds while a call is up', async () => {
    const wired = await wirePhone({ random })
    registered(wired)
    await standingCall(wired)
    wired.socket.drop()
    expect(await waitsOf(wired.socket, 4)).toEqual([4, 8, 8, 8])
  })

  test('N7 is tried again ever more seldom out of calls', async () => {
    const wired = await wirePhone({ random })
    registered(wired)
    wired.socket.drop()
    expect(await waitsOf(wired.socket, 4)).toEqual([4, 8, 16, 30])
  })
})

describe('a hang-up', () => {
  test('N3 that the link took with it is said again', async () => {
    const { wired } = await inCall()
    wired.phone.hangUp('standing')
    await untilSent(wired.socket, 'BYE', 1)
    wired.socket.drop()
    const socket = await backAgain(wired, wired.socket)
    expect(header(ofMethod(socket, 'BYE')[0] ?? '', 'Call-ID')).toBe('standing')
    wired.answer('481 Call Does Not Exist', [], ofMethod(socket, 'BYE')[0])
    socket.drop()
    expect(ofMethod(await backAgain(wired, socket), 'BYE')).toEqual([])
  })

  test('N3 while the link is away is over ten seconds later, and is said when that is back', async () => {
    const { wired } = await inCall()
    wired.socket.drop()
    wired.phone.hangUp('standing')
    await vi.advanceTimersByTimeAsync(9_900)
    expect(wired.over).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect([wired.over, wired.failed]).toEqual([['standing'], []])
    // The one that is tried by then is refused as well.
    const tried = FakeSocket.last ?? wired.socket
    tried.refuse()
    const socket = await backAgain(wired, tried)
    expect(ofMethod(socket, 'BYE')).toHaveLength(1)
    expect(ofMethod(socket, 'INVITE')).toEqual([])
    wired.answer('200 OK', [], ofMethod(socket, 'BYE')[0])
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS)
    expect(wired.over).toEqual(['standing'])
  })

  test('N3 that was answered is not said again', async () => {
    const { wired } = await inCall()
    wired.phone.hangUp('standing')
    wired.answer('200 OK', [], await untilSent(wired.socket, 'BYE', 1))
    wired.socket.drop()
    expect(ofMethod(await backAgain(wired, wired.socket), 'BYE')).toEqual([])
  })

  test('N5 that is owed is said and over where the exchange does not let the line in any more', async () => {
    const { wired } = await inCall()
    wired.socket.drop()
    wired.phone.hangUp('standing')
    const socket = await comeBack(wired.socket)
    wired.answer('403 Forbidden', [], await untilSent(socket, 'REGISTER', 1))
    await settle()
    expect(ofMethod(socket, 'BYE')).toHaveLength(1)
    expect(wired.over).toEqual(['standing'])
    expect(wired.lines.at(-1)).toBe('failed')
    await wired.phone.disconnect()
    expect(wired.lines.at(-1)).toBe('off')
  })
})

test('N5 signing out waits for no answer that a cut took with it', async () => {
  const wired = await wirePhone()
  wired.socket.drop()
  await wired.phone.disconnect()
  expect(wired.lines.at(-1)).toBe('off')
})

describe('an offer', () => {
  test.each(['481 Call Does Not Exist', '408 Request Timeout'])(
    'N6 to hold that is answered %s ends the call as lost',
    async (answer) => {
      const { wired } = await inCall()
      const taken = wired.phone.hold('standing', true)
      wired.answer(answer, [], await untilSent(wired.socket, 'INVITE', 1))
      expect(await taken).toBe(false)
      expect(wired.failed).toEqual(['standing'])
      expect(ofMethod(wired.socket, 'BYE')).toHaveLength(1)
    },
  )

  test('N6 that nobody answers ends the call as lost', async () => {
    const { wired } = await inCall()
    void wired.phone.hold('standing', true)
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS + 1_000)
    expect(wired.failed).toEqual(['standing'])
  })
})

describe('the citizen’s leg that ends before the exchange has said how putting her through went', () => {
  /** She is spoken with, a colleague has answered beside her, and the exchange took the REFER. */
  async function putting() {
    const { wired, ...citizen } = await inCall()
    void wired.phone.dial('beside', '1004', new MediaStream())
    const invite = await untilSent(wired.socket, 'INVITE', 1)
    wired.answer('200 OK', ['Contact: <sip:exchange.test;transport=ws>'], invite, soundSdp)
    await settle()
    const how = wired.phone.complete('standing', 'beside')
    wired.answer('202 Accepted', [], await untilSent(wired.socket, 'REFER', 1))
    const beside = { callId: header(invite, 'Call-ID'), fromTag: 'exchange', toTag: tagOf(header(invite, 'From')) }
    return { wired, how, endCitizen: () => wired.request({ ...citizen, method: 'BYE', sequence: 8 }), beside }
  }
  const tagOf = (value: string) => /tag=(\S+)/.exec(value)?.[1] ?? ''

  test('L10 was put through where the other leg ends as well', async () => {
    const { wired, endCitizen, beside } = await putting()
    endCitizen()
    await settle()
    expect(wired.over).toEqual([])
    wired.request({ ...beside, method: 'BYE', sequence: 8 })
    await settle()
    // In this order the calls say that she was put through (L6).
    expect(wired.over).toEqual(['beside', 'standing'])
  })

  test('L10 was hung up where the other one is still there after two seconds; the attempt has failed before that', async () => {
    const { wired, how, endCitizen } = await putting()
    const told: (string | number)[] = []
    void how.then((completion) => told.push(completion, wired.over.length))
    endCitizen()
    await vi.advanceTimersByTimeAsync(1_900)
    expect(wired.over).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(told).toEqual([481, 0])
    expect(wired.over).toEqual(['standing'])
  })

  test('L10 was hung up where the exchange refuses', async () => {
    const { wired, ...citizen } = await inCall()
    void wired.phone.dial('beside', '1004', new MediaStream())
    const invite = await untilSent(wired.socket, 'INVITE', 1)
    wired.answer('200 OK', ['Contact: <sip:exchange.test;transport=ws>'], invite, soundSdp)
    await settle()
    const how = wired.phone.complete('standing', 'beside')
    const refer = await untilSent(wired.socket, 'REFER', 1)
    wired.request({ ...citizen, method: 'BYE', sequence: 8 })
    wired.answer('481 Call Does Not Exist', [], refer)
    expect(await how).toBe(481)
    await vi.advanceTimersByTimeAsync(1)
    expect(wired.over).toEqual(['standing'])
  })
})

test('a call that is hung up before anybody answered is over, also where the exchange never says so', async () => {
  const wired = await wirePhone()
  registered(wired)
  void wired.phone.dial('mine', '1101', new MediaStream())
  wired.answer('180 Ringing', ['Contact: <sip:exchange.test;transport=ws>'], await untilSent(wired.socket, 'INVITE', 1))
  await settle()
  wired.phone.hangUp('mine')
  await untilSent(wired.socket, 'CANCEL', 1)
  expect(wired.over).toEqual([])
  await vi.advanceTimersByTimeAsync(32_000)
  expect(wired.over).toEqual(['mine'])
})
