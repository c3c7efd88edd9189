/** N9 and N10: a socket that swallows everything is found out, and whoever wakes looks at once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeSocket } from './support/fake-browser.ts'
import { settle, standingCall, wirePhone, type Wired } from './support/fake-exchange.ts'
import { backAgain, comeBack, nextSocket, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function ready(options = {}) {
  const wired = await wirePhone(options)
  registered(wired)
  await settle()
  return wired
}

/** How long after this moment the phone says that its link is gone, in ms. */
async function foundAfter(lines: readonly string[]): Promise<number> {
  const began = Date.now()
  while (lines.at(-1) !== 'connecting') await vi.advanceTimersByTimeAsync(100)
  return Date.now() - began
}

describe('a socket that swallows everything', () => {
  test('N9 is found dead within twenty seconds, and the line comes back by another one', async () => {
    const wired = await ready()
    wired.socket.swallows = true
    expect(await foundAfter(wired.lines)).toBeLessThanOrEqual(20_000)
    await backAgain(wired, wired.socket)
    expect(wired.lines.at(-1)).toBe('registered')
  })

  test('N9 in a call within ten; the call finds its way by the new one', async () => {
    const wired = await ready()
    await standingCall(wired)
    await vi.advanceTimersByTimeAsync(60_000)
    registered(wired, ofMethod(wired.socket, 'REGISTER').at(-1))
    wired.socket.swallows = true
    expect(await foundAfter(wired.lines)).toBeLessThanOrEqual(10_000)
    const socket = await backAgain(wired, wired.socket)
    await untilSent(socket, 'INVITE', 1)
    expect(wired.over).toEqual([])
  })

  test('N9 that swallows the first REGISTER is found after five', async () => {
    const wired = await wirePhone()
    wired.socket.swallows = true
    await vi.advanceTimersByTimeAsync(5_100)
    expect((await nextSocket(wired.socket)).url).toBe('ws://exchange')
  })

  test('N9 that closes at last changes nothing any more', async () => {
    const wired = await ready()
    wired.socket.swallows = true
    await foundAfter(wired.lines)
    await backAgain(wired, wired.socket)
    wired.socket.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wired.lines.at(-1)).toBe('registered')
  })
})

describe('a contact of a connection before that the exchange keeps', () => {
  const ours = (wired: Wired, port: number) => wired.contact.replace(/@[^;]+/, `@192.0.2.9:${port}`)
  const both = (wired: Wired) => [`Contact: <${ours(wired, 1)}>;expires=90`, `Contact: <${ours(wired, 2)}>;expires=120`]

  const contactsOf = (message: string) => [...message.matchAll(/^Contact: (.*)$/gm)].map(([, value]) => value?.trim())

  test('N11 is taken away alone, in the REGISTER that refreshes the one that stands', async () => {
    const wired = await wirePhone()
    wired.answer('200 OK', ['Contact: <sip:other@192.0.2.7>;expires=20', ...both(wired)])
    await settle()
    expect(wired.lines).not.toContain('registered')
    const clearing = await untilSent(wired.socket, 'REGISTER', 2)
    const [own] = contactsOf(ofMethod(wired.socket, 'REGISTER')[0] ?? '')
    expect(contactsOf(clearing)).toEqual([own, `<${ours(wired, 1)}>;expires=0`])
    registered(wired, clearing)
    await settle()
    expect(wired.lines).toEqual(['connecting', 'registered'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ofMethod(wired.socket, 'REGISTER')).toHaveLength(2)
  })

  test('N11 that cannot be taken away keeps nobody from the line', async () => {
    const wired = await wirePhone()
    wired.answer('200 OK', both(wired))
    wired.answer('500 Server Internal Error', [], await untilSent(wired.socket, 'REGISTER', 2))
    await settle()
    expect(wired.lines).toEqual(['connecting', 'registered'])
  })

  const seen = (port: number) => `;received=192.0.2.9;rport=${port}`

  test('N11 is known by the address of then where the registrar lists both under the one that we wrote', async () => {
    const wired = await wirePhone()
    const mine = (left: number) => `Contact: <${wired.contact}>;expires=${left}`
    const by = (asked: string, port: number) => asked.replace(/^Via: .*$/m, (via) => via + seen(port))
    wired.answer('200 OK', [mine(120)], by(ofMethod(wired.socket, 'REGISTER')[0] ?? '', 1))
    await settle()
    wired.socket.drop()
    const socket = await comeBack(wired.socket)
    wired.answer('200 OK', [mine(119), mine(90)], by(await untilSent(socket, 'REGISTER', 1), 2))
    await settle()
    expect(wired.lines.at(-1)).toBe('connecting')
    const clearing = await untilSent(socket, 'REGISTER', 2)
    expect(contactsOf(clearing)[1]).toBe(`<${ours(wired, 1)}>;expires=0`)
    expect(contactsOf(clearing)).toHaveLength(2)
    registered(wired, clearing)
    await settle()
    expect(wired.lines.at(-1)).toBe('registered')
  })

  test('N11 of somebody else is left alone', async () => {
    const wired = await wirePhone()
    wired.answer('200 OK', ['Contact: <sip:other@192.0.2.7>;expires=90', `Contact: <${ours(wired, 2)}>;expires=120`])
    await settle()
    expect(wired.lines.at(-1)).toBe('registered')
  })
})

test('N9 an exchange that answers is asked every fifteen seconds, and no link is given up', async () => {
  const wired = await ready()
  await vi.advanceTimersByTimeAsync(65_000)
  expect(wired.socket.pings).toBe(4)
  expect(wired.lines).not.toContain('failed')
  expect(FakeSocket.last).toBe(wired.socket)
})

describe('whoever wakes or changes her network', () => {
  test('N10 finds a dead link within two seconds and comes back without waiting', async () => {
    const wired = await ready({ random: () => 0.999 })
    wired.socket.swallows = true
    wired.phone.doubt()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(wired.lines.at(-1)).toBe('connecting')
    expect(FakeSocket.last).not.toBe(wired.socket)
  })

  test('N10 waits for no attempt that lies ahead', async () => {
    const wired = await ready({ random: () => 0.999 })
    wired.socket.drop()
    await vi.advanceTimersByTimeAsync(100)
    expect(FakeSocket.last).toBe(wired.socket)
    wired.phone.doubt()
    await settle()
    expect(FakeSocket.last).not.toBe(wired.socket)
  })

  test('N10 finds the way of her call’s sound anew where the link stands', async () => {
    const wired = await ready()
    await standingCall(wired)
    wired.phone.doubt()
    await untilSent(wired.socket, 'INVITE', 1)
    expect(FakeSocket.last).toBe(wired.socket)
    expect(wired.lines.at(-1)).toBe('registered')
  })

  test('N10 keeps a link that answers', async () => {
    const wired = await ready()
    wired.phone.doubt()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(wired.lines.at(-1)).toBe('registered')
    expect(FakeSocket.last).toBe(wired.socket)
  })

  test('N10 whose line is off stays off', async () => {
    const wired = await ready()
    const left = wired.phone.disconnect()
    wired.answer('200 OK', [], await untilSent(wired.socket, 'REGISTER', 2))
    await left
    wired.phone.doubt()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.last).toBe(wired.socket)
  })
})
