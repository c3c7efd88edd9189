/** The store's process: opens the file, answers main's commands, and says when it is ready. */
import { uuidv7 } from 'uuidv7'
import { fail, type ErrorCode, type Result } from '../../shared/errors.ts'
import type { CommandName } from '../../shared/ipc.ts'
import type { FromStore, ToStore } from './client.ts'
import { sqliteFailure } from './failure.ts'
import { DatabaseFromFutureError } from './migrate.ts'
import { openStore } from './open.ts'
import { createStore } from './store.ts'
import { createCentralClient } from './sync/central-client.ts'
import { createLiveLink } from './sync/live-link.ts'

type Answer = (name: CommandName, input: unknown) => Promise<Result<unknown>>

const port = process.parentPort
const say = (message: FromStore) => port.postMessage(message)
const clock = { now: () => Date.now() }
const timers = {
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** A store that cannot open still answers, so that the operator reads why. */
async function open(): Promise<{ answer: Answer; code: ErrorCode | null }> {
  const central = process.env['SANXIN_STORE_CENTRAL'] || null
  try {
    const { db, putAside } = await openStore({
      dir: process.env['SANXIN_STORE_DIR'] ?? '.',
      nativeBinding: process.env['SANXIN_SQLITE_BINDING'] || null,
      now: clock.now(),
    })
    const answer = createStore({
      db,
      client: createCentralClient(central),
      live: (onNews) => createLiveLink(central, onNews),
      clock,
      ids: { next: uuidv7 },
      timers,
      publish: (name, data) => say({ type: 'event', name, data }),
    })
    return { answer, code: putAside === null ? null : 'databaseBroken' }
  } catch (error) {
    const failure =
      error instanceof DatabaseFromFutureError ? fail('databaseFromFuture') : (sqliteFailure(error) ?? null)
    if (failure === null || failure.ok) throw error
    return { answer: () => Promise.resolve(failure), code: failure.error.code }
  }
}

const { answer, code } = await open()
port.on('message', ({ data }: { data: ToStore }) => {
  if (data === 'close') process.exit(0)
  void answer(data.name, data.input).then((result) => say({ type: 'reply', id: data.id, result }))
})
say({ type: 'ready', code })
