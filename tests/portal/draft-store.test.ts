import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LONGEST_DRAFT } from '../../shared/unit/unit-page.ts'

const CASE = '01890a5d-ac96-7000-8000-000000000001'
type Put = { readonly text: string; readonly answer: (status: number) => void }
let puts: Put[]
let events: EventTarget
let drafts: typeof import('../../renderer/portal/act/draft-store.ts')
let session: typeof import('../../renderer/portal/session/session-store.ts')

beforeEach(async () => {
  vi.useFakeTimers()
  vi.resetModules()
  puts = []
  events = new EventTarget()
  vi.stubGlobal('window', events)
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    const { text } = JSON.parse(body) as { text: string }
    puts.push({
      text,
      answer: (status) => resolve(Response.json(status === 200 ? {} : { code: 'internal' }, { status })),
    })
    return promise
  })
  drafts = await import('../../renderer/portal/act/draft-store.ts')
  session = await import('../../renderer/portal/session/session-store.ts')
  session.useSession.setState({ state: 'signedIn', me: { staffNo: '3001', name: 'n', unit: 'U' } })
  drafts.watchDrafts()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const stateOf = () => drafts.useDrafts.getState().words[`${CASE}/answer`]?.state
const typed = (text: string) => drafts.write(CASE, 'answer', text)
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('what is typed is kept after half a second of rest, once', async () => {
  for (const text of ['一', '一二', '一二三']) {
    typed(text)
    await pass(400)
  }
  expect([puts.length, stateOf()]).toEqual([0, 'typed'])
  await pass(100)
  expect(puts.map(({ text }) => text)).toEqual(['一二三'])
  puts[0]?.answer(200)
  await pass(0)
  expect(stateOf()).toBe('saved')
})

test('what is typed while it is being kept is kept after it, never before', async () => {
  typed('旧')
  await pass(500)
  typed('新')
  await pass(2000)
  expect(puts.map(({ text }) => text)).toEqual(['旧'])
  puts[0]?.answer(200)
  await pass(0)
  expect(puts.map(({ text }) => text)).toEqual(['旧', '新'])
  expect(stateOf()).toBe('saving')
})

test('what central could not keep is tried again by itself until it is, but not while nobody is signed in', async () => {
  typed('字')
  await pass(500)
  puts[0]?.answer(500)
  await pass(0)
  expect(stateOf()).toBe('failed')
  session.useSession.setState({ state: 'expired' })
  await pass(30_000)
  expect(puts).toHaveLength(1)
  session.useSession.setState({ state: 'signedIn' })
  await pass(10_000)
  puts[1]?.answer(200)
  await pass(0)
  expect([puts.length, stateOf()]).toEqual([2, 'saved'])
})

test('what is too long to be kept is not sent, and the page asks before it is closed', async () => {
  typed('长'.repeat(LONGEST_DRAFT + 1))
  await pass(1000)
  expect([puts.length, stateOf()]).toEqual([0, 'tooLong'])
  const closing = new Event('beforeunload', { cancelable: true })
  events.dispatchEvent(closing)
  expect(closing.defaultPrevented).toBe(true)
})

test('whoever leaves the page in mid-word leaves it kept: the request goes on without the page', async () => {
  typed('半句')
  events.dispatchEvent(new Event('pagehide'))
  expect(puts.map(({ text }) => text)).toEqual(['半句'])
})

test('words that were sent by a step are not kept again by a timer that was still running', async () => {
  typed('已提交的话')
  drafts.forget(CASE, 'answer')
  await pass(1000)
  expect(puts).toEqual([])
})

test('a step waits for words that are on their way to be kept, and nothing is kept beside it', async () => {
  typed('半句')
  await pass(500)
  let held = false
  const waiting = drafts.hold(CASE, 'answer').then(() => (held = true))
  typed('整句')
  await pass(1000)
  expect([held, puts.length]).toEqual([false, 1])
  puts[0]?.answer(200)
  await waiting
  await pass(1000)
  expect(puts.map(({ text }) => text)).toEqual(['半句'])
  // It was not taken: now they are kept.
  drafts.release(CASE, 'answer')
  expect(puts.map(({ text }) => text)).toEqual(['半句', '整句'])
})
