/** Brings the store's log (its WAL) into its file on a thread beside the store's own, which goes on writing meanwhile. */
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { faultOf, type Fault } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'

/** Beside this file, as source and as it is built. */
const THREAD = join(import.meta.dirname, `log-thread${extname(import.meta.filename)}`)

/** What the thread is given. */
export type LogFile = { readonly file: string; readonly nativeBinding: string | null }
/** What it says each time. */
export type Looked = { readonly fault: Fault | null }

export type LogBeside = {
  /** The log may have grown: resolves once that was looked at. Nobody need wait for it, and it does not throw. */
  look(): Promise<void>
  /** Ends the thread; the file is let go of. */
  close(): Promise<void>
}

/**
 * Starts the thread. Where it cannot be had, or cannot open the file (one that is held for the store alone), that is
 * noted, and the store's own commits bring the log in (S5.8).
 */
export function startLogThread(of: LogFile, log: Log): LogBeside {
  const thread = new Worker(THREAD, { workerData: of })
  thread.unref()
  let gone = false
  /** What the thread was told and has not answered: it looks at one while at most one waits. */
  let told: PromiseWithResolvers<void>[] = []
  thread.on('message', ({ fault }: Looked) => {
    if (fault !== null) log('logNotBroughtIn', fault)
    told.shift()?.resolve()
  })
  thread.on('error', (error) => log('logThreadFailed', faultOf(error)))
  thread.on('exit', () => {
    gone = true
    for (const { resolve } of told) resolve()
    told = []
  })

  async function look(): Promise<void> {
    if (gone) return
    if (told.length < 2) {
      told.push(Promise.withResolvers())
      thread.postMessage(null)
    }
    await told.at(-1)?.promise
  }

  return { look, close: async () => void (await thread.terminate()) }
}
