/** The thread of `log-beside.ts`: it brings the log into the file when it is told to. */
import Database from 'better-sqlite3'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import type { BroughtIn, LogFile } from './log-beside.ts'

const { file, nativeBinding } = workerData as LogFile
const port = must(parentPort, 'a thread of its own')
const db = new Database(file, { fileMustExist: true, timeout: 0, ...(nativeBinding === null ? {} : { nativeBinding }) })

port.on('message', () => {
  let fault: BroughtIn['fault'] = null
  try {
    // Waits for nobody who writes there, and keeps nobody waiting (sqlite.org/pragma.html#pragma_wal_checkpoint).
    db.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    fault = faultOf(error)
  }
  port.postMessage({ fault } satisfies BroughtIn)
})
