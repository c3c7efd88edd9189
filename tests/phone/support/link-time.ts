/** What of a link happens in time: with a clock of the test's own. */
import { vi } from 'vitest'
import { FakeSocket } from './fake-browser.ts'
import { settle, type Wired } from './fake-exchange.ts'

const STEP_MS = 100
/** No desk waits longer than this for its line, in ms. */
const LONG_MS = 120_000

export const ofMethod = ({ sent }: FakeSocket, method: string) => sent.filter((text) => text.startsWith(`${method} `))
export const registered = (wired: Wired, asked?: string) =>
  wired.answer('200 OK', [`Contact: <${wired.contact}>;expires=120`], asked)

/** Lets time go by until the phone has sent so many requests of a method. */
export async function untilSent(socket: FakeSocket, method: string, count: number): Promise<string> {
  for (let ms = 0; ms < LONG_MS; ms += STEP_MS) {
    const request = ofMethod(socket, method)[count - 1]
    if (request !== undefined) return request
    await vi.advanceTimersByTimeAsync(STEP_MS)
  }
  throw new Error(`no ${method} within ${LONG_MS} ms`)
}

/** The socket that the phone opens next; nobody has taken the connection yet. */
export async function nextSocket(before: FakeSocket): Promise<FakeSocket> {
  for (let ms = 0; ms < LONG_MS; ms += STEP_MS) {
    const { last } = FakeSocket
    if (last !== null && last !== before) return last
    await vi.advanceTimersByTimeAsync(STEP_MS)
  }
  throw new Error('the phone did not come back')
}

/** The same, and it stands. */
export async function comeBack(before: FakeSocket): Promise<FakeSocket> {
  const socket = await nextSocket(before)
  socket.open()
  await settle()
  return socket
}

/** The socket that the phone opens next, with the line registered by it. */
export async function backAgain(wired: Wired, before: FakeSocket): Promise<FakeSocket> {
  const socket = await comeBack(before)
  registered(wired, await untilSent(socket, 'REGISTER', 1))
  await settle()
  return socket
}
