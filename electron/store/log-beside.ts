/** Brings the store's log (its WAL) into its file on a thread beside the store's own, which goes on writing meanwhile. */
import { open } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { must } from '../../shared/errors.ts'
import { faultOf, type Fault } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import { commitsBringIn, LOG_PAGES } from './db/unhurried.ts'

/** Beside this file, as source and as it is built. */
const THREAD = join(import.meta.dirname, `log-thread${extname(import.meta.filename)}`)

/**
 * While page follows upon page the log may grow to 64 MB before it is brought in: the desk and its disk have enough to
 * do. A commit of its own would do that from 128 MB on.
 */
const LONG_PAGES = 16_000
const LONGEST_PAGES = 2 * LONG_PAGES

/** What the thread is given. */
export type LogFile = { readonly file: string; readonly nativeBinding: string | null }
/** What it says each time. */
export type BroughtIn = { readonly fault: Fault | null }

export type LogBeside = {
  /**
   * The log may have grown; call it outside of transactions. `goesOn`: more comes at once. Resolves once what has grown
   * too long is brought in, or, amid all that, on the disk where it stands, so that a save has not to wait for it; or
   * once that could not be. Nobody need wait for it, and it does not throw.
   */
  look(goesOn: boolean): Promise<void>
  /** Ends the thread; the file is let go of. */
  close(): Promise<void>
}

/** `work` is what it was told and has not answered. */
type Thread = { readonly worker: Worker; work: PromiseWithResolvers<void> | null }

/** In pages: how long the log is, and how much of it stands in it alone. */
type Length = { readonly log: number; readonly left: number }

/** Runs a checkpoint of one kind, and tells how the log stands behind it. */
function checkpoint(db: Database, kind: 'NOOP' | 'PASSIVE'): Length {
  const [stand] = db.pragma(`wal_checkpoint(${kind})`) as { readonly log: number; readonly checkpointed: number }[]
  const { log, checkpointed } = must(stand ?? null, 'an answer')
  return { log, left: log - checkpointed }
}

/** Waits for the disk to have all of a file; opened anew each time, for the log goes with its file. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

/**
 * Its thread starts when there is first something to do. Where it cannot be had, that is noted, and the store's own commits
 * bring the log in; so they do where the file is held for the store alone (S5.8).
 */
export function createLogBeside(db: Database, nativeBinding: string | null, log: Log): LogBeside {
  let thread: Thread | null = null
  let gone = db.pragma('locking_mode', { simple: true }) !== 'normal'
  let goesOn = false
  let syncing: Promise<void> | null = null
  /** How long the log was when it was last brought to the disk. */
  let synced = 0

  function leaveToCommits(): void {
    try {
      if (db.open) commitsBringIn(db, LOG_PAGES)
    } catch (error) {
      log('logNotLookedAt', faultOf(error))
    }
  }

  function start(): Thread {
    const worker = new Worker(THREAD, { workerData: { file: db.name, nativeBinding } satisfies LogFile })
    worker.unref()
    const started: Thread = { worker, work: null }
    const done = () => {
      started.work?.resolve()
      started.work = null
    }
    worker.on('message', ({ fault }: BroughtIn) => {
      if (fault !== null) log('logNotBroughtIn', fault)
      done()
    })
    worker.on('error', (error) => log('logThreadFailed', faultOf(error)))
    worker.on('exit', () => {
      gone = true
      leaveToCommits()
      done()
    })
    return started
  }

  async function bringIn(): Promise<void> {
    thread ??= start()
    if (thread.work === null) {
      thread.work = Promise.withResolvers()
      thread.worker.postMessage(null)
    }
    await thread.work.promise
  }

  function sync(length: number): Promise<void> {
    // It began anew since.
    if (length < synced) synced = 0
    if (syncing !== null || length - synced < LOG_PAGES) return syncing ?? Promise.resolve()
    synced = length
    syncing = syncFile(`${db.name}-wal`)
      .catch((error: unknown) => log('logNotSynced', faultOf(error)))
      .finally(() => {
        syncing = null
      })
    return syncing
  }

  async function keepShort(): Promise<void> {
    const { log: length, left } = checkpoint(db, 'NOOP')
    if (goesOn && length < LONG_PAGES) return sync(length)
    if (left >= LOG_PAGES) return void (await Promise.all([bringIn(), goesOn ? sync(length) : null]))
    // The thread never overtakes who goes on writing: the last of it is brought in here, so that the log begins anew.
    if (goesOn && thread?.work === null) checkpoint(db, 'PASSIVE')
  }

  async function look(more: boolean): Promise<void> {
    if (gone) return
    goesOn = more
    try {
      if (more) commitsBringIn(db, LONGEST_PAGES)
      await keepShort()
    } catch (error) {
      log('logNotLookedAt', faultOf(error))
    }
    // Another page may have come meanwhile.
    if (!goesOn) leaveToCommits()
  }

  return { look, close: async () => void (await thread?.worker.terminate()) }
}
