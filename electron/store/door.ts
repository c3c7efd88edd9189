/**
 * What stands between main and the store: it opens the file, and where that failed tries again when a command
 * comes. Whatever happens behind it, every command is answered.
 *
 *   opening ──ok──► open
 *      │ ▲
 *      ▼ └── a command, at most once a second ◄──┐
 *   closed, answers why ─────────────────────────┘
 */
import { fail, type ErrorCode, type Failure, type Result } from '../../shared/errors.ts'
import type { CommandName } from '../../shared/ipc.ts'
import type { Log } from '../../shared/ports.ts'
import { faultOf } from '../../shared/fault.ts'

export type Answer = (name: CommandName, input: unknown) => Promise<Result<unknown>>

/** A store that is open; `code` is what the operator must know of it all the same. */
export type Opened = { readonly answer: Answer; readonly code: ErrorCode | null }

type Deps = {
  readonly open: () => Promise<Result<Opened>>
  /** Milliseconds that never go back. */
  readonly elapsed: () => number
  /** Called after the first try, and when a later one succeeds. */
  readonly ready: (code: ErrorCode | null) => void
  readonly log: Log
}

const PAUSE_MS = 1_000
/** A try that takes long (a big file is checked whole) may take this part of the time. */
const SHARE = 10

export function createDoor({ open, elapsed, ready, log }: Deps) {
  let opened: Opened | null = null
  let failure: Failure = { code: 'storeDown' }
  let trying: Promise<void> | null = null
  let nextTryAt = 0
  /** Who is signed in, told while the store could not hear it. */
  let resume: unknown = null

  async function tryOpen(): Promise<void> {
    const startedAt = elapsed()
    const result = await open()
    nextTryAt = elapsed() + Math.max(PAUSE_MS, SHARE * (elapsed() - startedAt))
    if (!result.ok) failure = result.error
    else {
      opened = result.value
      if (resume !== null) void pass(opened, 'store.resume', resume)
    }
  }

  async function pass(store: Opened, name: CommandName, input: unknown): Promise<Result<unknown>> {
    try {
      return await store.answer(name, input)
    } catch (error) {
      log('commandFailed', { command: name, ...faultOf(error) })
      return fail('internal')
    }
  }

  async function answerClosed(name: CommandName, input: unknown): Promise<Result<unknown>> {
    if (name === 'store.resume') resume = input
    if (name === 'store.signOut') resume = null
    if (failure.code !== 'databaseFromFuture' && (trying !== null || elapsed() >= nextTryAt)) {
      trying ??= tryOpen().finally(() => {
        trying = null
        if (opened !== null) ready(opened.code)
      })
      await trying
    }
    return opened === null ? { ok: false, error: failure } : pass(opened, name, input)
  }

  return {
    /** The first try; resolves whether it succeeded or not. */
    start: async (): Promise<void> => {
      await tryOpen()
      ready(opened === null ? failure.code : opened.code)
    },
    // Not async itself: to an open store a command goes at once, before whatever main says next.
    answer: (name: CommandName, input: unknown): Promise<Result<unknown>> =>
      opened === null ? answerClosed(name, input) : pass(opened, name, input),
    /** Resolves when no try is under way. */
    idle: async (): Promise<void> => {
      await trying
    },
  }
}
