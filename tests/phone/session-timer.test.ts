/** N13: session timers (RFC 4028), on a clock of the test's own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerTo, agreedBy, readSessionExpires } from '../../renderer/phone/session-timer.ts'
import { soundSdp } from './support/fake-browser.ts'
import { header, settle, standingCall, wirePhone, type Wired } from './support/fake-exchange.ts'
import { ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const CONTACT = 'Contact: <sip:exchange.test;transport=ws>'
const fields = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name]

test.each([
  ['1800', { seconds: 1800, refresher: null }],
  ['90;refresher=uas', { seconds: 90, refresher: 'uas' }],
  ['90 ; Refresher = UAC;other=1', { seconds: 90, refresher: 'uac' }],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('N13 Session-Expires %j means %j', (value, meaning) => {
  expect(readSessionExpires(value)).toEqual(meaning)
})

test('N13 who refreshes: whom the caller names; else the caller, if it knows of timers, else we', () => {
  const asked = (expires: string, supported = 'timer') =>
    answerTo(fields({ 'session-expires': expires, supported }))?.headers
  expect(asked('120;refresher=uac')).toEqual(['Session-Expires: 120;refresher=uac', 'Require: timer'])
  expect(asked('120;refresher=uas')).toEqual(['Session-Expires: 120;refresher=uas'])
  expect(asked('120')).toEqual(['Session-Expires: 120;refresher=uac', 'Require: timer'])
  expect(asked('120', 'replaces')).toEqual(['Session-Expires: 120;refresher=uas'])
  expect(answerTo(fields({ supported: 'timer' }))).toBeNull()
  expect(agreedBy(fields({ 'session-expires': '120;refresher=uas' }))).toEqual({ seconds: 120, ours: false })
  expect(agreedBy(fields({}))).toBeNull()
})

async function calledWith(expires: string) {
  const wired = await wirePhone()
  registered(wired)
  const standing = await standingCall(wired, 'standing', ['Supported: timer', `Session-Expires: ${expires}`])
  return { wired, standing }
}

/** Keeps the line registered while time goes by. */
async function pass(wired: Wired, seconds: number): Promise<void> {
  for (let gone = 0; gone < seconds; gone++) {
    await vi.advanceTimersByTimeAsync(1_000)
    const asked = ofMethod(wired.socket, 'REGISTER')
    if (asked.length > answered) registered(wired, asked.at(-1))
    answered = asked.length
  }
}
let answered = 1
beforeEach(() => {
  answered = 1
})

describe('a call that the other side opened', () => {
  test('N13 which it refreshes lives as long as it does so, and is lost a little before the time is over', async () => {
    const { wired, standing } = await calledWith('90;refresher=uac')
    const accepted = wired.socket.sent.find((text) => text.startsWith('SIP/2.0 200') && text.includes('INVITE'))
    expect(header(accepted ?? '', 'Session-Expires')).toBe('90;refresher=uac')
    expect(header(accepted ?? '', 'Require')).toBe('timer')
    await pass(wired, 50)
    const refresh = { ...standing, sequence: 2, body: soundSdp, branch: 'z9hG4bKrefresh' }
    wired.request({ method: 'INVITE', ...refresh, headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'] })
    await vi.advanceTimersByTimeAsync(10)
    expect(header(wired.last(), 'Session-Expires')).toBe('90;refresher=uac')
    wired.request({ method: 'ACK', ...standing, sequence: 2, branch: 'z9hG4bKrefreshAck', body: '' })
    await pass(wired, 59)
    expect(wired.over).toEqual([])
    await pass(wired, 2)
    expect(wired.failed).toEqual(['standing'])
    expect(ofMethod(wired.socket, 'BYE')).toHaveLength(1)
  })

  test('N13 which we refresh is offered at half the time as it stands: a hold stays one', async () => {
    const { wired } = await calledWith('90;refresher=uas')
    const held = wired.phone.hold('standing', true)
    const hold = await untilSent(wired.socket, 'INVITE', 1)
    expect(header(hold, 'Session-Expires')).toBe('90;refresher=uac')
    wired.answer('200 OK', [CONTACT, 'Session-Expires: 90;refresher=uac'], hold, soundSdp)
    expect(await held).toBe(true)
    await pass(wired, 44)
    expect(ofMethod(wired.socket, 'INVITE')).toHaveLength(1)
    await pass(wired, 2)
    const refresh = ofMethod(wired.socket, 'INVITE')[1] ?? ''
    expect(header(refresh, 'Session-Expires')).toBe('90;refresher=uac')
    expect(header(refresh, 'Supported')).toContain('timer')
    expect(refresh.split('\r\n\r\n')[1]).toBe(hold.split('\r\n\r\n')[1])
    wired.answer('200 OK', [CONTACT, 'Session-Expires: 90;refresher=uac'], refresh, soundSdp)
    await pass(wired, 46)
    expect(ofMethod(wired.socket, 'INVITE')).toHaveLength(3)
    expect(wired.over).toEqual([])
  })

  test('N13 whose refreshes come to nothing is lost when the time is over', async () => {
    const { wired } = await calledWith('90;refresher=uas')
    wired.answer('500 Server Internal Error', [], await untilSent(wired.socket, 'INVITE', 1))
    wired.answer('500 Server Internal Error', [], await untilSent(wired.socket, 'INVITE', 2))
    expect(wired.over).toEqual([])
    await pass(wired, 60)
    expect(wired.failed).toEqual(['standing'])
  })

  test('N13 a refresh whose interval is too brief is made again at once with what is taken', async () => {
    const { wired } = await calledWith('90;refresher=uas')
    wired.answer('422 Session Interval Too Small', ['Min-SE: 600'], await untilSent(wired.socket, 'INVITE', 1))
    await settle()
    const again = ofMethod(wired.socket, 'INVITE')[1] ?? ''
    expect([header(again, 'Session-Expires'), header(again, 'Min-SE')]).toEqual(['600;refresher=uac', '600'])
  })

  test('N13 that asks for less than ninety seconds is answered 422 and rings nobody', async () => {
    const wired = await wirePhone()
    registered(wired)
    wired.request({ callId: 'brief', headers: ['Supported: timer', 'Session-Expires: 30'] })
    await settle()
    expect(wired.answersTo('brief').at(-1)).toMatch(/^SIP\/2\.0 422 /)
    expect(header(wired.last(), 'Min-SE')).toBe('90')
    expect(wired.invited).toEqual([])
  })

  test('N13 without a timer goes on for ever', async () => {
    const wired = await wirePhone()
    registered(wired)
    await standingCall(wired)
    await pass(wired, 4_000)
    expect(wired.over).toEqual([])
    expect(ofMethod(wired.socket, 'INVITE')).toEqual([])
  })
})

describe('a call that we open', () => {
  async function dialled() {
    const wired = await wirePhone()
    registered(wired)
    void wired.phone.dial('mine', '1004', new MediaStream())
    return { wired, invite: await untilSent(wired.socket, 'INVITE', 1) }
  }

  test('N13 asks for half an hour and is refreshed by whom the answer names', async () => {
    const { wired, invite } = await dialled()
    expect([header(invite, 'Session-Expires'), header(invite, 'Min-SE')]).toEqual(['1800', '90'])
    expect(header(invite, 'Supported')).toContain('timer')
    wired.answer('200 OK', [CONTACT, 'Session-Expires: 90;refresher=uac'], invite, soundSdp)
    await pass(wired, 46)
    expect(ofMethod(wired.socket, 'INVITE')).toHaveLength(2)
  })

  test('N13 whose interval is too brief is asked anew, as the same call, with what is taken', async () => {
    const { wired, invite } = await dialled()
    wired.answer('422 Session Interval Too Small', ['Min-SE: 3600'], invite)
    const again = await untilSent(wired.socket, 'INVITE', 2)
    expect([header(again, 'Session-Expires'), header(again, 'Min-SE')]).toEqual(['3600', '3600'])
    expect(wired.over).toEqual([])
    wired.answer('200 OK', [CONTACT], again, soundSdp)
    await settle()
    expect(wired.established).toEqual(['mine'])
  })

  test('N13 that is refused once more for it has failed', async () => {
    const { wired, invite } = await dialled()
    wired.answer('422 Session Interval Too Small', ['Min-SE: 3600'], invite)
    wired.answer('422 Session Interval Too Small', ['Min-SE: 7200'], await untilSent(wired.socket, 'INVITE', 2))
    await settle()
    expect(wired.failed).toEqual(['mine'])
  })

  test('N13 whose interval is longer than a timer holds stands all the same', async () => {
    const wired = await wirePhone()
    registered(wired)
    await standingCall(wired, 'standing', ['Supported: timer', 'Session-Expires: 2592000;refresher=uac'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(wired.over).toEqual([])
  })
})
