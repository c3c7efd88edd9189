/** Brings the store's log (its WAL) into its file on a thread beside the store's own, which goes on writing meanwhile. */
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { must } from '../../shared/errors.ts'
import { faultOf, type Fault } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import { LOG_PAGES } from './db/unhurried.ts'

/** Beside this file, as source and as it is built. */
const THREAD = join(import.meta.dirname, `log-thread${extname(import.meta.filename)}`)

/** What the thread is given. */
export type LogFile = { readonly file: string; readonly nativeBinding: string | null }
/** What it says each time. */
export type BroughtIn = { readonly fault: Fault | null }

export type LogBeside = {
  /**
   * The log may have grown; call it outside of transactions. Resolves once what has grown too long is brought in, or
   * could not be: nobody need wait for it, and it does not throw.
   */
  look(): Promise<void>
  /** Ends the thread; the file is let go of. */
  close(): Promise<void>
}

/** `work` is what it was told and has not answered. */
type Thread = { readonly worker: Worker; work: PromiseWithResolvers<void> | null }

/** How many pages stand in the log alone; looked up, not brought in. */
function pagesLeft(db: Database): number {
  const [stand] = db.pragma('wal_checkpoint(NOOP)') as { readonly log: number; readonly checkpointed: number }[]
  const { log, checkpointed } = must(stand ?? null, 'an answer')
  return log - checkpointed
}

/**
 * Its thread starts when there is first something to do. Where it cannot be had, that is noted, and the store's own commits
 * bring the log in; so they do where the file is held for the store alone (S5.8).
 */
export function createLogBeside(db: Database, nativeBinding: string | null, log: Log): LogBeside {
  let thread: Thread | null = null
  let gone = db.pragma('locking_mode', { simple: true }) !== 'normal'

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
      done()
    })
    return started
  }

  function isLong(): boolean {
    try {
      return pagesLeft(db) >= LOG_PAGES
    } catch (error) {
      log('logNotLookedAt', faultOf(error))
      return false
    }
  }

  async function look(): Promise<void> {
    if (gone || !isLong()) return
    thread ??= start()
    if (thread.work === null) {
      thread.work = Promise.withResolvers()
      thread.worker.postMessage(null)
    }
    await thread.work.promise
  }

  return { look, close: async () => void (await thread?.worker.terminate()) }
}
