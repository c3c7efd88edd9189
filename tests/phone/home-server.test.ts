/** N16: the line goes back to the first server of the list when that one answers again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeSocket } from './support/fake-browser.ts'
import { header, settle, standingCall, wirePhone, type Wired } from './support/fake-exchange.ts'
import { nextSocket, ofMethod, registered, untilSent } from './support/link-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const A = 'ws://a.test'
const B = 'ws://b.test'
/** No question comes earlier, and none later, in ms. */
const [EARLIEST, LATEST] = [30_000, 90_000]

/** A line that stands at the second server, because the first one cannot be reached. */
async function elsewhere(): Promise<{ wired: Wired; second: FakeSocket }> {
  const wired = await wirePhone({ servers: [A, B], random: () => 0 })
  registered(wired)
  wired.socket.drop()
  const gone = await nextSocket(wired.socket)
  gone.refuse()
  await settle()
  const second = FakeSocket.last
  if (second?.url !== B) throw new Error('not the second server')
  second.open()
  registered(wired, await untilSent(second, 'REGISTER', 1))
  await settle()
  return { wired, second }
}

/** The next connection to the first server. */
async function question(before: FakeSocket): Promise<FakeSocket> {
  const asked = await nextSocket(before)
  expect(asked.url).toBe(A)
  return asked
}

test('N16 out of calls it takes its contact away there, and registers at the first one', async () => {
  const { wired, second } = await elsewhere()
  const since = Date.now()
  const asked = await question(second)
  expect(Date.now() - since).toBeGreaterThanOrEqual(EARLIEST)
  expect(Date.now() - since).toBeLessThanOrEqual(LATEST)
  const closed = vi.spyOn(asked, 'close')
  asked.open()
  await settle()
  expect([asked.pings, closed.mock.calls.length > 0]).toEqual([1, true])
  const farewell = await untilSent(second, 'REGISTER', 2)
  expect(`${header(farewell, 'Contact')} ${header(farewell, 'Expires')}`).toMatch(/expires=0| 0$/)
  const left = vi.spyOn(second, 'close')
  answerOn(second, farewell)
  await settle()
  expect(left).toHaveBeenCalled()
  const home = await question(asked)
  home.open()
  registered(wired, await untilSent(home, 'REGISTER', 1))
  await settle()
  expect(wired.lines.slice(-2)).toEqual(['connecting', 'registered'])
  // It stands at home: nobody is asked any more.
  const tried = FakeSocket.tried.length
  await vi.advanceTimersByTimeAsync(EARLIEST + LATEST / 4)
  expect(FakeSocket.tried).toHaveLength(tried)
})

test.each([
  ['cannot be reached', (asked: FakeSocket) => asked.refuse()],
  ['says that it takes nobody', (asked: FakeSocket) => says(asked, '503 Service Unavailable')],
  ['says nothing', (asked: FakeSocket) => says(asked, null)],
])('N16 a first server that %s is asked again later, and the line stays', async (_what, become) => {
  const { wired, second } = await elsewhere()
  const asked = await question(second)
  become(asked)
  await question(asked)
  expect(ofMethod(second, 'REGISTER').filter((text) => header(text, 'Expires') === '0')).toEqual([])
  expect(wired.lines.at(-1)).toBe('registered')
})

test('N16 in a call nobody is asked, and the line stays where the call is', async () => {
  const { wired } = await elsewhere()
  await standingCall(wired)
  const tried = FakeSocket.tried.length
  for (let minute = 0; minute < 5; minute++) {
    await vi.advanceTimersByTimeAsync(30_000)
    const newest = ofMethod(FakeSocket.last ?? wired.socket, 'REGISTER').at(-1)
    if (newest !== undefined) registered(wired, newest)
  }
  expect(FakeSocket.tried).toHaveLength(tried)
})

test('N16 a call that comes while the contact is taken away keeps the line there, registered again', async () => {
  const { wired, second } = await elsewhere()
  const asked = await question(second)
  asked.open()
  const farewell = await untilSent(second, 'REGISTER', 2)
  FakeSocket.last = second
  wired.request({ callId: 'late' })
  await settle()
  answerOn(second, farewell)
  await settle()
  expect(wired.invited).toHaveLength(1)
  registered(wired, await untilSent(second, 'REGISTER', 3))
  await settle()
  expect(FakeSocket.last).toBe(second)
  expect(wired.lines.at(-1)).toBe('registered')
})

/** The 200 to a REGISTER that leaves. */
function answerOn(socket: FakeSocket, asked: string): void {
  const echoed = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(asked, name)}`)
  const to = `To: ${header(asked, 'To')};tag=exchange`
  socket.arrive(['SIP/2.0 200 OK', ...echoed, to, 'Content-Length: 0', '', ''].join('\r\n'))
}

/** Takes the connection and answers so, or not at all. */
function says(socket: FakeSocket, status: string | null): void {
  socket.swallows = true
  socket.open()
  if (status !== null) socket.arrive(`SIP/2.0 ${status}\r\n\r\n`)
}
