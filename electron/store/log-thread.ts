/** The thread of `log-beside.ts`: it looks at the log when it is told to, and brings it into the file where it has grown. */
import Database from 'better-sqlite3'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import { LOG_PAGES } from './db/unhurried.ts'
import type { Looked, LogFile } from './log-beside.ts'

const { file, nativeBinding } = workerData as LogFile
const port = must(parentPort, 'a thread of its own')
const db = new Database(file, { fileMustExist: true, timeout: 0, ...(nativeBinding === null ? {} : { nativeBinding }) })

/** Never waits for who writes there, and keeps nobody waiting: PASSIVE takes what it finds (sqlite.org/pragma.html#pragma_wal_checkpoint). */
function bringIn(): void {
  const [{ log, checkpointed }] = db.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }]
  if (log - checkpointed >= LOG_PAGES) db.pragma('wal_checkpoint(PASSIVE)')
}

port.on('message', () => {
  let fault: Looked['fault'] = null
  try {
    bringIn()
  } catch (error) {
    fault = faultOf(error)
  }
  port.postMessage({ fault } satisfies Looked)
})
