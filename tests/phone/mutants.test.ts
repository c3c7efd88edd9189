import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { seeded } from '../practice/support/samples.ts'
import { header, settle, standingCall, wirePhone, type Wired } from './support/fake-exchange.ts'
import { makeMutant } from './support/mutants.ts'

/** 10⁴ in every run, 10⁵ in the long one. */
const mutants = Number(process.env.SANXIN_MUTANTS ?? 10_000)
const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  process.on('unhandledRejection', note)
})
afterAll(() => {
  vi.useRealTimers()
  process.off('unhandledRejection', note)
})

const challenge = 'Digest realm="sanxin.test", nonce="abc", algorithm=SHA-256, qop="auth"'

/** Sound requests of every kind that an exchange sends; BYE and CANCEL of other calls, so that the standing one stays. */
function requestsOf(wired: Wired, standing: { callId: string; toTag: string }): string[] {
  const within = ['INFO', 'OPTIONS', 'MESSAGE', 'NOTIFY', 'REFER', 'ACK', 'PRACK', 'UPDATE', 'INVITE'].map((method) =>
    wired.written({ ...standing, method, sequence: 2, headers: ['Event: refer', 'Refer-To: <sip:1002@sanxin.test>'] }),
  )
  const beside = ['INVITE', 'INVITE', 'BYE', 'CANCEL', 'OPTIONS', 'NOTIFY', 'MESSAGE', 'SUBSCRIBE', 'REGISTER', 'REFER']
  const outside = beside.map((method) => wired.written({ method, callId: 'other', headers: ['Expires: 60'] }))
  const replaces = wired.written({
    callId: 'other',
    headers: [`Replaces: standing;to-tag=${standing.toTag};from-tag=citizen`],
  })
  return [...within, ...outside, replaces]
}

/** The same request in a transaction, and outside of the standing call in a call, of its own. */
function renewed(text: string, index: number): string {
  return text
    .replace(/branch=z9hG4bKexchange\d+/, `branch=z9hG4bKexchange-${index}`)
    .replace('Call-ID: other', `Call-ID: other-${index}`)
}

const statuses = ['100 Trying', '200 OK', '401 Unauthorized', '423 Interval Too Brief', '503 Unavailable'] as const

/** A sound answer to a REGISTER of the phone. */
function answerTo(asked: string, wired: Wired, status: (typeof statuses)[number]): string {
  const echoed = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(asked, name)}`)
  const rest = [`Contact: <${wired.contact}>;expires=120`, `WWW-Authenticate: ${challenge}`, 'Min-Expires: 300']
  return [`SIP/2.0 ${status}`, ...echoed, ...rest, 'Content-Length: 0', '', ''].join('\r\n')
}

/** Refuses what rings and hangs nothing up, as the phone does while a call is up; how many rang. */
async function playMutants(wired: Wired, requests: readonly string[], seed: number): Promise<number> {
  const random = seeded(seed)
  let [rang, asked] = [0, '']
  for (let index = 0; index < mutants; index++) {
    asked = wired.socket.sent.findLast((text) => text.startsWith('REGISTER')) ?? asked
    const request = renewed(requests[random(requests.length)] ?? '', index)
    const text = random(4) === 0 ? answerTo(asked, wired, statuses[random(statuses.length)] ?? '200 OK') : request
    wired.socket.arrive(makeMutant(text, random))
    // The timers of SIP.js's transactions run out as they would, and what they throw fails the test.
    if (index % 10 === 0) await vi.advanceTimersByTimeAsync(1_000)
    for (const { callId } of wired.invited.splice(0)) {
      wired.phone.refuse(callId, 486)
      rang++
    }
    if (wired.socket.sent.length > 200) wired.socket.sent.splice(0)
  }
  await settle()
  return rang
}

test(
  `${mutants} damaged messages leave no error uncaught, and the call that is up answers BYE`,
  { timeout: 600_000 },
  async () => {
    const wired = await wirePhone()
    wired.answer('200 OK', [`Contact: <${wired.contact}>;expires=120`])
    expect(wired.lines.at(-1)).toBe('registered')
    const standing = await standingCall(wired)
    expect(wired.established).toEqual(['standing'])
    const rang = await playMutants(wired, requestsOf(wired, standing), 20261125)
    expect(rejections).toEqual([])
    expect(wired.over).not.toContain('standing')
    wired.request({ ...standing, method: 'BYE', sequence: 2 ** 31 - 1 })
    expect(wired.answersTo('standing').at(-1)).toBe('SIP/2.0 200 OK')
    expect(wired.over).toContain('standing')
    // The run was no run if everything stopped at the guard, or nothing did.
    expect(wired.dropped.filter(({ count }) => count >= 10).length).toBeGreaterThan(5)
    expect(rang).toBeGreaterThan(mutants / 200)
  },
)
