import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import { fail, type ErrorCode, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandName, EventData, EventName } from '../../shared/ipc.ts'
import { createPending } from '../ipc/pending.ts'

/** What the store process says to main. */
export type FromStore =
  | { readonly type: 'ready'; readonly code: ErrorCode | null }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'event'; readonly name: EventName; readonly data: EventData<EventName> }

type Request = { readonly id: number; readonly name: CommandName; readonly input: unknown }

/** What main says to the store process; `close` is obeyed after everything that was said before it. */
export type ToStore = Request | 'close'

export type StoreClient = {
  ask(name: CommandName, input: unknown): Promise<Result<unknown>>
  start(): void
  /** Ends the store, when it has done what it was asked, and does not start it again. */
  stop(): Promise<void>
  pid(): number | undefined
}

type Hooks = {
  /** What a store that has just started must hear before anything else, or null. */
  resume(): CommandInput<'store.resume'> | null
  up(code: ErrorCode | null): void
  down(): void
  event(name: EventName, data: EventData<EventName>): void
}

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 5_000
const CLOSE_MS = 2_000

/**
 * The store as a process of its own: a query never blocks a window, and a native crash costs one restart.
 * Commands that come while it starts wait for it; those under way when it dies fail with `storeDown`.
 */
export function createStoreClient(env: NodeJS.ProcessEnv, on: Hooks): StoreClient {
  const pending = createPending()
  let child: UtilityProcess | null = null
  let up = false
  let stopped = false
  let retryMs = FIRST_RETRY_MS
  let queued: Request[] = []

  function hear(message: FromStore): void {
    if (message.type === 'reply') return pending.settle(message.id, message.result)
    if (message.type === 'event') return on.event(message.name, message.data)
    up = true
    retryMs = FIRST_RETRY_MS
    const input = on.resume()
    if (input !== null) child?.postMessage({ id: 0, name: 'store.resume', input } satisfies ToStore)
    for (const request of queued) child?.postMessage(request)
    queued = []
    on.up(message.code)
  }

  function start(): void {
    const forked = utilityProcess.fork(join(import.meta.dirname, 'store.js'), [], { serviceName: 'sanxin-store', env })
    child = forked
    forked.on('message', hear)
    forked.on('exit', () => {
      if (child !== forked) return
      child = null
      up = false
      queued = []
      pending.failAll('storeDown')
      on.down()
      if (stopped) return
      setTimeout(start, retryMs)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    })
  }

  return {
    ask: (name, input) => {
      if (stopped || (child === null && !up)) return Promise.resolve(fail('storeDown'))
      return pending.open((id) => {
        const request: Request = { id, name, input }
        if (up) child?.postMessage(request)
        else queued.push(request)
      })
    },
    start,
    stop: () =>
      new Promise((resolve) => {
        stopped = true
        const closing = child
        if (closing === null) return resolve()
        closing.once('exit', () => resolve())
        for (const request of queued) closing.postMessage(request)
        queued = []
        closing.postMessage('close' satisfies ToStore)
        setTimeout(() => closing.kill(), CLOSE_MS)
      }),
    pid: () => child?.pid,
  }
}
