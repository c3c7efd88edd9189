/** N13: what becomes of an answer whose call is no more what it was when the operator pressed the key. */
import { SessionState, type Session } from 'sip.js'
import { expect, test, vi } from 'vitest'
import { failsUnsaid, sayAnswer } from '../../renderer/phone/sip-accept.ts'

const fields = new Map([
  ['supported', 'timer'],
  ['session-expires', '1800;refresher=uac'],
])

/** A call that asks for a refresh within half an hour; `said` settles what becomes of its answer. */
function ringing() {
  const said = Promise.withResolvers<void>()
  const session = {
    state: SessionState.Establishing as SessionState,
    request: { getHeader: (name: string) => fields.get(name) },
    accept: () => said.promise,
    reject: vi.fn<() => Promise<void>>(() => Promise.resolve()),
  }
  const agree = vi.fn<(agreed: unknown) => void>()
  const timer = { ask: () => [], raise: () => {}, stop: () => {}, agree }
  const answering: Session | null = null
  const leg = { session: session as unknown as Session, timer, failed: false, answering }
  const call = { isUp: true, fail: vi.fn<() => void>() }
  const answered = sayAnswer(leg, { isUp: () => call.isUp, fail: call.fail })
  return { said, session, leg, agree, call, answered }
}

test('what it agrees on holds once it stands', async () => {
  const { said, session, leg, agree, answered } = ringing()
  expect(leg.answering).toBe(session)
  session.state = SessionState.Established
  said.resolve()
  await answered
  expect(agree).toHaveBeenCalledExactlyOnceWith({ seconds: 1800, ours: false })
  expect(leg.answering).toBeNull()
})

test('no timer runs for a call that is over here, that she gave up, or that was offered anew meanwhile', async () => {
  const gone = ringing()
  gone.session.state = SessionState.Established
  gone.call.isUp = false
  const givenUp = ringing()
  givenUp.session.state = SessionState.Terminated
  const anew = ringing()
  anew.session.state = SessionState.Established
  const next = { state: SessionState.Established } as Session
  Object.assign(anew.leg, { session: next, answering: next })
  for (const one of [gone, givenUp, anew]) {
    one.said.resolve()
    await one.answered
    expect(one.agree).not.toHaveBeenCalled()
  }
  expect(anew.leg.answering).toBe(next)
})

test('what cannot be answered is refused and has failed; one that is over is not refused again', async () => {
  const standing = ringing()
  const over = ringing()
  over.session.state = SessionState.Terminated
  const anew = ringing()
  anew.leg.session = {} as Session
  for (const one of [standing, over, anew]) {
    one.said.reject(new Error('no way'))
    await one.answered
  }
  expect(standing.session.reject).toHaveBeenCalledExactlyOnceWith({ statusCode: 480 })
  expect(over.session.reject).not.toHaveBeenCalled()
  expect([standing, over, anew].map(({ leg, call }) => [leg.failed, call.fail.mock.calls.length])).toEqual([
    [true, 1],
    [true, 1],
    [false, 0],
  ])
})

test('a session that ends while it is being answered failed, unless she gave it up or it was hung up here', () => {
  const session = {} as Session
  const leg = { session, answering: session, cancelled: false, ours: false }
  expect(failsUnsaid(leg)).toBe(true)
  expect(failsUnsaid({ ...leg, cancelled: true })).toBe(false)
  expect(failsUnsaid({ ...leg, ours: true })).toBe(false)
  for (const answering of [null, {} as Session]) expect(failsUnsaid({ ...leg, answering })).toBe(false)
})
