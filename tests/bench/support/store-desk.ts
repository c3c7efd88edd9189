/** A desk with its real store on a real file; it goes online when the bench says so. */
import type { Database } from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { openStore } from '../../../electron/store/open.ts'
import { createLogBeside } from '../../../electron/store/log-beside.ts'
import { createStore } from '../../../electron/store/store.ts'
import { createCentralClient } from '../../../electron/store/sync/central-client.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/ipc.ts'
import type { DeskSync } from '../../../shared/sync/status.ts'
import type { ThinDesk } from './thin-desk.ts'

export type StoreDesk = {
  readonly db: Database
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>
  /** From now on its timers run, beginning with what waits. */
  goOnline(): void
  /** Its timers stand still again; what waited for its time waits on. */
  goOffline(): void
  /** Resolves once an exchange has left the desk in such a state; `more` is whether central has more for it. */
  until(isIt: (status: DeskSync, more: boolean) => boolean): Promise<void>
  /** When it sent its first request, as performance.now() gives it: the file stood then. */
  firstAskedAt(): number
  /** How many ms an answer of central's was on its way so far, what is asked for ahead included, and how many there were. */
  waited(): { readonly ms: number; readonly answers: number }
  close(): Promise<void>
}

/** Opens a store in `dir`; as the desk `as` it is enrolled already, as after a new start with an empty file. */
export async function openStoreDesk(url: string, dir: string, as: ThinDesk | null = null): Promise<StoreDesk> {
  const { db } = await openStore({ dir, nativeBinding: null, now: Date.now() })
  if (as !== null) {
    const keep = db.prepare<[string, string]>('INSERT INTO meta (key, value) VALUES (?, ?)')
    keep.run('storeId', as.storeId)
    keep.run('device', as.device)
    keep.run('deskCode', as.deskCode)
    // An empty file knows nothing of what was taken before it: without this central's word it would be a copy.
    const { last } = as.request()
    if (last !== null) keep.run('last', last)
  }
  let online = as !== null
  const waiting = new Set<{ readonly run: () => void; timer?: NodeJS.Timeout }>()
  let more = true
  let waitedMs = 0
  let answeredAt = 0
  let firstAskedAt: number | null = null
  let answers = 0
  let listeners: ((status: DeskSync) => void)[] = []
  const client = createCentralClient(url)
  const beside = createLogBeside(db, null, () => {})
  const answer = createStore({
    db,
    client: {
      ...client,
      sync: async (device, request, onHead) => {
        const before = performance.now()
        firstAskedAt ??= before
        const said = await client.sync(device, request, onHead)
        // Of two that are on their way at once the time counts once.
        const now = performance.now()
        waitedMs += now - Math.max(before, answeredAt)
        answeredAt = now
        answers += 1
        if (said.ok) more = said.value.more
        return said
      },
    },
    live: () => ({ open: () => {}, close: () => {}, sendStatus: () => {} }),
    clock: { now: () => Date.now() },
    ids: { next: uuidv7 },
    timers: {
      after: (ms, run) => {
        const one: { readonly run: () => void; timer?: NodeJS.Timeout } = {
          run: () => {
            waiting.delete(one)
            run()
          },
        }
        waiting.add(one)
        if (online) one.timer = setTimeout(one.run, ms)
        return () => {
          clearTimeout(one.timer)
          waiting.delete(one)
        }
      },
    },
    exchanged: (goesOn) => void beside.look(goesOn),
    publish: (name, data) => {
      if (name === 'sync.changed') for (const listen of listeners) listen(data as DeskSync)
    },
  })
  const ask = async <N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> => {
    const result = await answer(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
    return result.value as CommandOutput<N>
  }
  const goOffline = () => {
    online = false
    for (const { timer } of waiting) clearTimeout(timer)
  }
  return {
    db,
    ask,
    goOnline: () => {
      online = true
      for (const { run } of [...waiting]) run()
    },
    goOffline,
    until: (isIt) =>
      new Promise((resolve) => {
        const listen = (status: DeskSync) => {
          if (!isIt(status, more)) return
          listeners = listeners.filter((one) => one !== listen)
          resolve()
        }
        listeners.push(listen)
      }),
    firstAskedAt: () => firstAskedAt ?? Number.NaN,
    waited: () => ({ ms: waitedMs, answers }),
    close: async () => {
      goOffline()
      await beside.close()
      db.close()
    },
  }
}
