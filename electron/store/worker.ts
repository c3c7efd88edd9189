/** The store's process: opens the file, answers main's commands, and says when it is ready. */
import { uuidv7 } from 'uuidv7'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Log } from '../../shared/ports.ts'
import { createDoor, type Opened } from './door.ts'
import { storageFailure } from './failure.ts'
import { faultOf } from '../../shared/fault.ts'
import type { FromStore, ToStore } from './keeper.ts'
import { DatabaseFromFutureError } from './migrate.ts'
import { createLogBeside } from './log-beside.ts'
import { openStore, suspect } from './open.ts'
import { createStore } from './store.ts'
import { createCentralClient } from './sync/central-client.ts'
import { sayVersion } from './sync/say-version.ts'
import { createLiveLink } from './sync/live-link.ts'
import { dialLive } from './sync/live-wire.ts'

// What this process writes is for this user alone.
process.umask(0o077)
const port = process.parentPort
const say = (message: FromStore) => port.postMessage(message)
const clock = { now: () => Date.now() }
const timers = {
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
const log: Log = (event, data) =>
  void process.stderr.write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), event, ...data })}\n`)

const dir = process.env['SANXIN_STORE_DIR'] ?? '.'
/** What the store does after its answers. */
const goingOn = new Set<Promise<void>>()

async function openFile(): Promise<Opened> {
  const central = process.env['SANXIN_STORE_CENTRAL'] || null
  const nativeBinding = process.env['SANXIN_SQLITE_BINDING'] || null
  const { db, putAside, salvaged } = await openStore({ dir, nativeBinding, now: clock.now() })
  if (salvaged !== null) log('putAside', salvaged)
  try {
    const beside = createLogBeside(db, nativeBinding, log)
    // What an earlier life left in it is not brought in by her first save.
    void beside.look(false)
    const answer = createStore({
      db,
      client: createCentralClient(central, log, sayVersion(process.env['SANXIN_STORE_VERSION'] || '0')),
      live: (onNews, onLedger) =>
        createLiveLink(central === null ? null : dialLive(central), timers, onNews, log, onLedger),
      clock,
      ids: { next: uuidv7 },
      timers,
      publish: (name, data) => say({ type: 'event', name, data }),
      log,
      exchanged: (goesOn) => void beside.look(goesOn),
      afterwards: (work) => {
        goingOn.add(work)
        void work.finally(() => goingOn.delete(work))
      },
    })
    return { answer, code: putAside === null ? null : 'databaseBroken' }
  } catch (error) {
    db.close()
    throw error
  }
}

/** A store that cannot open still answers, so that the operator reads why. */
async function open(): Promise<Result<Opened>> {
  try {
    return ok(await openFile())
  } catch (error) {
    log('openFailed', faultOf(error))
    if (error instanceof DatabaseFromFutureError) return fail('databaseFromFuture')
    const failure = storageFailure(error)
    return failure === null ? fail('internal') : fail(failure.code, failure.detail)
  }
}

/** The file broke while it was open: the next start puts it aside, and what is owed is sent to that one. */
function startAnew(): void {
  log('databaseBroken')
  try {
    suspect(dir)
  } catch (error) {
    log('suspectFailed', faultOf(error))
  }
  // What was just said is on its way first.
  setImmediate(() => process.exit(1))
}

const door = createDoor({ open, elapsed: () => performance.now(), ready: (code) => say({ type: 'ready', code }), log })
await door.start()
port.on('message', ({ data }: { data: ToStore }) => {
  if (data === 'close')
    return void door
      .idle()
      .then(() => Promise.allSettled(goingOn))
      .then(() => process.exit(0))
  void door.answer(data.name, data.input).then((result) => {
    say({ type: 'reply', id: data.id, result })
    if (!result.ok && result.error.code === 'databaseBroken') startAnew()
  })
})
