/** What a bench of central stands on: PostgreSQL on the project's disk, and processes that end with the bench. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { startChild, type Child } from '../../../build/stack/child.ts'
import { CENTRAL_NODE_OPTIONS, startCentral, type Stack } from '../../../build/stack/stack.ts'
import { migrate } from '../../../central/db/migrate.ts'
import { openPostgres } from '../../../central/db/postgres.ts'
import { seedDemoEnrolment } from '../../../central/devices/service.ts'
import { seedDemoPeople } from '../../../central/people/service.ts'
import postgres, { type Sql } from 'postgres'
import { startPostgres } from '../../contract/postgres-server.ts'

/** On the disk that the project lies on: a folder in memory would ask nothing. */
const place = join(import.meta.dirname, '../../../.bench')
/** A bench that is not done by then has failed, unless it asks for more: nobody waits for it longer. */
const PATIENCE_MS = 9 * 60_000
const CLOSE_MS = 15_000

export type Ground = {
  /** A new database with central's tables, the demo's people and code, and no articles; answers its URL. */
  database(name: string): Promise<string>
  /** A node of central over a database, in its own process. */
  central(databaseUrl: string): Promise<Stack['central']>
  /** One connection to a database, for what lies under the figures. */
  sql(databaseUrl: string): Sql
  /** A helper of the bench in its own process; it must end with its standard input. */
  helper(file: string, args?: readonly string[]): Child
  /** A folder of this run's own. */
  folder(): string
  /** Something else to be closed at the end, the last one first. */
  closing(close: () => unknown): void
}

const started = performance.now()

/** One line of how far the bench is, with the seconds since its start. */
export function progress(text: string): void {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`)
}

/** With SANXIN_BENCH_PROFILE=FOLDER each node of central leaves a CPU profile there when it ends. */
const profile = process.env['SANXIN_BENCH_PROFILE']
const profiling: Record<string, string> =
  profile === undefined ? {} : { NODE_OPTIONS: `${CENTRAL_NODE_OPTIONS} --cpu-prof --cpu-prof-dir=${profile}` }

async function fill(url: string): Promise<void> {
  const db = openPostgres(url, { connections: 2 })
  try {
    await migrate(db)
    await seedDemoPeople(db, { now: () => Date.now() })
    await seedDemoEnrolment(db)
  } finally {
    await db.close()
  }
}

/** Runs a bench on PostgreSQL with these settings; whatever becomes of it, all that it started is ended. */
export async function onGround<T>(
  settings: readonly string[],
  bench: (ground: Ground) => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  mkdirSync(place, { recursive: true })
  const folders: string[] = []
  const removeFolders = () => folders.forEach((dir) => rmSync(dir, { recursive: true, force: true }))
  const closers: (() => unknown)[] = [removeFolders]
  const interrupted = () => process.exit(130)
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    // No socket in the folder: its path may be longer than a socket's may be.
    const server = await startPostgres(null, { place, settings: ['unix_socket_directories=', ...settings] })
    closers.push(() => server.stop())
    progress('PostgreSQL stands')
    const ground: Ground = {
      database: async (name) => {
        const sql = postgres(server.url, { max: 1 })
        await sql`create database ${sql(name)}`
        await sql.end()
        const url = server.url.replace(/\/postgres$/, `/${name}`)
        await fill(url)
        return url
      },
      central: async (databaseUrl) => {
        const node = await startCentral({ databaseUrl, central: { SANXIN_CENTRAL_SEED: '0', ...profiling } })
        closers.push(() => node.child.stop())
        return node
      },
      sql: (databaseUrl) => {
        // Without delay: a COPY is several small writes, each of which would wait 40 ms for the last one's receipt.
        const socket = ({ host, port }: { host: string[]; port: number[] }) =>
          connect({ host: host[0] ?? '', port: port[0] ?? 0, noDelay: true })
        const options: object = { max: 1, onnotice: () => undefined, socket }
        const sql = postgres(databaseUrl, options)
        closers.push(() => sql.end())
        return sql
      },
      helper: (file, args = []) => {
        const child = startChild(join(import.meta.dirname, file), args)
        closers.push(() => child.stop())
        return child
      },
      folder: () => {
        const dir = mkdtempSync(join(place, 'bench-'))
        if (folders.length === 0) process.once('exit', removeFolders)
        folders.push(dir)
        return dir
      },
      closing: (close) => void closers.push(close),
    }
    return await within(patienceMs, bench(ground))
  } finally {
    for (const close of closers.toReversed()) {
      // What does not close is killed with this process: its children end with their standard input.
      await within(CLOSE_MS, Promise.resolve(close())).catch((error: unknown) => console.error(error))
    }
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
