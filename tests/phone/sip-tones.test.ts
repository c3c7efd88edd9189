/** Tones of a call: what goes out stays whole, and what the other side refused is not taken for sent. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Leg } from '../../renderer/phone/leg.ts'
import { sendTones } from '../../renderer/phone/sip-tones.ts'
import { settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** As WebRTC has it: `insertDTMF` replaces what is not played yet, and an empty tone says that all are out. */
class FakeSender extends EventTarget {
  readonly canInsertDTMF = true
  readonly played: string[] = []
  private waiting = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  insertDTMF(tones: string, duration: number, gap: number): void {
    this.waiting = tones
    clearTimeout(this.timer)
    const play = () => {
      const tone = this.waiting.slice(0, 1)
      this.waiting = this.waiting.slice(1)
      if (tone !== '') {
        this.played.push(tone)
        this.timer = setTimeout(play, duration + gap)
      }
      this.dispatchEvent(Object.assign(new Event('tonechange'), { tone }))
    }
    this.timer = setTimeout(play, 1)
  }
}

function legWith(dtmf: FakeSender): Leg {
  const peerConnection = { getSenders: () => [{ dtmf }] }
  return { session: { sessionDescriptionHandler: { peerConnection } } } as unknown as Leg
}

describe('in the media', () => {
  test('a key that is pressed while a code goes out waits for it', async () => {
    const dtmf = new FakeSender()
    const leg = legWith(dtmf)
    const code = sendTones(leg, '*91', 'rtp')
    await vi.advanceTimersByTimeAsync(300)
    const key = sendTones(leg, '5', 'rtp')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(dtmf.played.join('')).toBe('*915')
    expect([await code, await key]).toEqual([true, true])
  })

  test('one call waits for no other', async () => {
    const [one, other] = [new FakeSender(), new FakeSender()]
    void sendTones(legWith(one), '*91', 'rtp')
    void sendTones(legWith(other), '5', 'rtp')
    await vi.advanceTimersByTimeAsync(10)
    expect([one.played, other.played]).toEqual([['*'], ['5']])
  })
})

describe('as INFO', () => {
  async function asked() {
    const wired = await wirePhone()
    registered(wired)
    await standingCall(wired)
    return { wired, sent: wired.phone.sendTones('standing', '*9', 'info') }
  }

  test('each waits until the one before was taken', async () => {
    const { wired, sent } = await asked()
    wired.answer('200 OK', [], await untilSent(wired.socket, 'INFO', 1))
    wired.answer('200 OK', [], await untilSent(wired.socket, 'INFO', 2))
    expect(await sent).toBe(true)
  })

  test('what the other side does not know was not sent, and nothing goes after it', async () => {
    const { wired, sent } = await asked()
    wired.answer('415 Unsupported Media Type', [], await untilSent(wired.socket, 'INFO', 1))
    expect(await sent).toBe(false)
    await settle()
    expect(wired.last()).toMatch(/^INFO /)
    expect(wired.socket.sent.filter((text) => text.startsWith('INFO '))).toHaveLength(1)
  })

  test('one that nobody answers was not sent', async () => {
    const { wired, sent } = await asked()
    await untilSent(wired.socket, 'INFO', 1)
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await sent).toBe(false)
  })

  test('one that a cut took with it was not sent', async () => {
    const { wired, sent } = await asked()
    await untilSent(wired.socket, 'INFO', 1)
    wired.socket.drop()
    expect(await sent).toBe(false)
  })
})
