/** A desk's store as it is, on a database that outlives its process, with a clock, ids and a wire of its own. */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { migrate } from '../../electron/store/migrate.ts'
import { createStore } from '../../electron/store/store.ts'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'
import type { Result } from '../../shared/errors.ts'
import type { CommandInput, CommandName, CommandOutput, EventData } from '../../shared/ipc.ts'
import { createLiveLink } from '../../electron/store/sync/live-link.ts'
import type { LiveNetwork } from './live-network.ts'
import type { Network } from './network.ts'
import { createSimDisk, type SimDisk } from './sim-disk.ts'

export type SimDesk = {
  readonly index: number
  readonly db: Database.Database
  /** How wrong this desk's clock is, in ms. */
  skew: number
  /** How far the program of this desk is from central's in protocol versions. */
  versionSkew: number
  signedIn: CommandInput<'store.resume'> | null
  /** What main was told last of the operator. */
  status: CommandInput<'store.status'> | null
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>
  /** Runs the timers that are due at this time. */
  tick(now: number): void
  /** The process dies where it stands and is started again on what it had committed; the power may go with it. */
  crash(power: 'stays' | 'cut'): void
  fillDisk(): void
  freeDisk(): void
  close(): void
}

type Deps = {
  readonly index: number
  readonly now: () => number
  readonly nextId: () => string
  readonly network: Network
  readonly liveNetwork: LiveNetwork
  /** The file of another desk, copied. */
  readonly file?: Buffer
}

/** A file that is new: made once, and copied. */
let newFile: Buffer | null = null

async function openDisk(file: Buffer | undefined): Promise<SimDisk> {
  const disk = createSimDisk(file ?? newFile ?? undefined)
  await migrate(disk.db, () => Promise.resolve())
  newFile ??= disk.db.serialize()
  return disk
}

export async function openSimDesk({ index, now, nextId, network, liveNetwork, file }: Deps): Promise<SimDesk> {
  const disk = await openDisk(file)
  let life = 0
  let timers: { at: number; run: () => void }[] = []

  const deskTimers = {
    after: (ms: number, run: () => void) => {
      const timer = { at: now() + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  }

  /** The wire as a program of this version speaks over it. */
  function speak(born: number): typeof fetch {
    const wire = network.fetchFor(index, () => life === born)
    return (input, init) => {
      if (desk.versionSkew === 0 || typeof init?.body !== 'string') return wire(input, init)
      const body = JSON.parse(init.body) as { protocol?: number }
      if (body.protocol !== undefined) body.protocol += desk.versionSkew
      return wire(input, { ...init, body: JSON.stringify(body) })
    }
  }

  function start() {
    const born = ++life
    timers = []
    return createStore({
      db: disk.openFor(() => life === born),
      client: createCentralClient('http://central', undefined, speak(born)),
      live: (onNews) =>
        createLiveLink(
          liveNetwork.dialFor(index, () => life === born),
          deskTimers,
          onNews,
        ),
      clock: { now: () => now() + desk.skew },
      ids: { next: nextId },
      timers: deskTimers,
      publish: (name, data) => {
        // As main does: the token that central gave later is kept for a store that starts again.
        if (name === 'session.proved' && life === born && desk.signedIn !== null)
          desk.signedIn = { ...desk.signedIn, ...(data as EventData<'session.proved'>) }
      },
      derive: (password, salt) => Promise.resolve(createHash('sha512').update(salt).update(password).digest()),
    })
  }

  const desk: SimDesk = {
    index,
    get db() {
      return disk.db
    },
    skew: 0,
    versionSkew: 0,
    signedIn: null,
    status: null,
    ask: async (name, input) => (await answer(name, input)) as Result<CommandOutput<typeof name>>,
    tick: (time) => {
      const due = timers.filter(({ at }) => at <= time)
      timers = timers.filter(({ at }) => at > time)
      for (const { run } of due) run()
    },
    crash: (power) => {
      life += 1
      liveNetwork.deskDied(index)
      if (power === 'cut') disk.cutPower()
      answer = start()
      // Main kept who was signed in, and what she does.
      if (desk.signedIn !== null) void answer('store.resume', desk.signedIn)
      if (desk.status !== null) void answer('store.status', desk.status)
    },
    fillDisk: () => void disk.db.pragma(`max_page_count = ${String(disk.db.pragma('page_count', { simple: true }))}`),
    freeDisk: () => void disk.db.pragma('max_page_count = 1000000'),
    close: () => disk.db.close(),
  }
  let answer = start()
  return desk
}
