import { fail, type ErrorCode, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandName, EventData, EventName } from '../../shared/ipc.ts'
import { createPending } from '../ipc/pending.ts'
import type { Timers } from '../../shared/ports.ts'

/** What the store process says to main; `ready` again when a file that could not be opened now is. */
export type FromStore =
  | { readonly type: 'ready'; readonly code: ErrorCode | null }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'event'; readonly name: EventName; readonly data: EventData<EventName> }

type Request = { readonly id: number; readonly name: CommandName; readonly input: unknown }

/** What main says to the store process; `close` is obeyed after everything that was said before it. */
export type ToStore = Request | 'close'

/** As much of a process as its keeper needs. */
export type StoreProcess = {
  postMessage(message: ToStore): void
  kill(): void
  on(event: 'message', hear: (message: FromStore) => void): unknown
  on(event: 'exit', gone: () => void): unknown
}

export type StoreClient = {
  ask(name: CommandName, input: unknown): Promise<Result<unknown>>
  start(): void
  /** Ends the store, when it has done what it was asked, and does not start it again. */
  stop(): Promise<void>
}

export type Hooks = {
  /** What a store that has just started must hear before anything else, or null. */
  resume(): CommandInput<'store.resume'> | null
  up(code: ErrorCode | null): void
  down(): void
  event(name: EventName, data: EventData<EventName>): void
}

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 5_000
/** A store that lived so long is well; one that dies at its first work must not be started without end. */
const WELL_MS = 10_000
/** The last words of the windows that closed are among what it does then: on a busy machine it takes its time. */
const CLOSE_MS = 20_000

/**
 * Keeps a store process running: starts it again when it dies, with a pause that grows while it keeps dying.
 * Commands that come while it starts wait for it; those under way when it dies fail with `storeDown`.
 */
export function createStoreKeeper(fork: () => StoreProcess, timers: Timers, on: Hooks): StoreClient {
  const pending = createPending()
  let child: StoreProcess | null = null
  let up = false
  let stopped = false
  let retryMs = FIRST_RETRY_MS
  let queued: Request[] = []
  let stopTimer = () => {}
  let closed = () => {}

  function hear(message: FromStore): void {
    if (message.type === 'reply') return pending.settle(message.id, message.result)
    if (message.type === 'event') return on.event(message.name, message.data)
    up = true
    stopTimer()
    stopTimer = timers.after(WELL_MS, () => {
      retryMs = FIRST_RETRY_MS
    })
    const input = on.resume()
    if (input !== null) child?.postMessage({ id: 0, name: 'store.resume', input })
    for (const request of queued) child?.postMessage(request)
    queued = []
    on.up(message.code)
  }

  function start(): void {
    const forked = fork()
    child = forked
    forked.on('message', hear)
    forked.on('exit', () => {
      if (child !== forked) return
      child = null
      up = false
      queued = []
      stopTimer()
      pending.failAll('storeDown')
      on.down()
      if (stopped) return closed()
      stopTimer = timers.after(retryMs, start)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    })
  }

  return {
    ask: (name, input) => {
      if (stopped || child === null) return Promise.resolve(fail('storeDown'))
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
        stopTimer()
        const closing = child
        if (closing === null) return resolve()
        closed = resolve
        for (const request of queued) closing.postMessage(request)
        queued = []
        closing.postMessage('close')
        timers.after(CLOSE_MS, () => closing.kill())
      }),
  }
}
