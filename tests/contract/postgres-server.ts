/** A PostgreSQL 15 of its own for tests: a server in a temporary folder, on a free port of the loopback; also as a standby of another. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const BIN = '/usr/lib/postgresql/15/bin'
const READY_MS = 30_000
/** The variable that names the data folder of a cluster that was prepared (tests/support/prepare-postgres.ts); not set where none is. */
export const PREPARED_POSTGRES = 'SANXIN_PREPARED_POSTGRES'

export type PostgresServer = {
  /** The cluster's own database, as superuser. */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
  /** The same, and leaves its data: in which folder, and how to remove it. */
  leave(): Promise<{ readonly folder: string; remove(): void }>
  /** As when the machine loses its power: all of its processes at once. */
  kill(): Promise<void>
}
type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root: then it runs as the account that its package made. */
function account(): Account {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function whenReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(
      () => reject(new Error(`PostgreSQL was not ready within ${READY_MS} ms:\n${text}`)),
      READY_MS,
    )
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${text}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      text = `${text}${chunk.toString()}`.slice(-4000)
      if (!/ready to accept (?:read-only )?connections/.test(text)) return
      clearTimeout(late)
      resolve()
    })
  })
}

/** The processes that a process started: each backend of PostgreSQL is a group of its own, so no group has them all. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      // pid (name) state parent …; the name may hold anything.
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

/** Kills a server with all of its processes; the first one is stopped before, so that it starts no other. */
function killServer(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGSTOP')
  for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL')
  child.kill('SIGKILL')
}

/** Fills the data folder: a new server's, a copy of what was prepared, or of the primary's that goes on following it. */
function makeData(data: string, from: PostgresServer | string | null, as: Account & { cwd: string }): void {
  const options = { ...as, stdio: ['ignore', 'ignore', 'pipe'] as ('ignore' | 'pipe')[] }
  if (typeof from === 'string') {
    execFileSync('cp', ['-a', '--reflink=auto', from, data], options)
  } else if (from === null) {
    const how = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    execFileSync(join(BIN, 'initdb'), ['-D', data, ...how], options)
  } else {
    const where = ['-h', '127.0.0.1', '-p', String(from.port), '-U', 'postgres']
    const how = ['--write-recovery-conf', '--wal-method=stream', '--checkpoint=fast', '--no-sync']
    execFileSync(join(BIN, 'pg_basebackup'), ['-D', data, ...where, ...how], options)
  }
}

export type PostgresOptions = {
  /** Where its folder is made. */
  readonly place?: string
  /** `name=value`, where they differ from the defaults. */
  readonly settings?: readonly string[]
  /** No relation of any other server's, and without roles of ours: made anew also where one is prepared. */
  readonly bare?: boolean
}

/**
 * Makes a server, or a standby of `primary`, starts it and waits until it answers; throws a clear error where
 * PostgreSQL 15 is missing. Where a cluster is prepared a server begins as a copy of it, unless it is to be `bare`.
 */
export async function startPostgres(
  primary: PostgresServer | null = null,
  { place = tmpdir(), settings = [], bare = false }: PostgresOptions = {},
): Promise<PostgresServer> {
  if (!existsSync(join(BIN, 'postgres'))) {
    throw new Error(`PostgreSQL 15 is missing (${BIN}): apt-get install -y postgresql-15`)
  }
  const { uid, gid } = account()
  const folder = mkdtempSync(join(place, 'sanxin-pg-'))
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  const as = { cwd: folder, ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
  const data = join(folder, 'data')
  makeData(data, primary ?? (bare ? null : (process.env[PREPARED_POSTGRES] ?? null)), as)
  const port = await freePort()
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=60',
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  const child = spawn(join(BIN, 'postgres'), args, { ...as, stdio: ['ignore', 'ignore', 'pipe'] })
  const killAll = () => killServer(child)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  const killed = () => {
    killAll()
    clean()
  }
  process.once('exit', killed)
  try {
    await whenReady(child)
  } catch (error) {
    killed()
    throw error
  }
  async function end(): Promise<void> {
    // SIGINT is PostgreSQL's fast shutdown: open sessions are ended, nothing is lost.
    child.kill('SIGINT')
    await exited
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    async stop() {
      await end()
      process.off('exit', killed)
      clean()
    },
    async leave() {
      await end()
      return {
        folder: data,
        remove: () => {
          process.off('exit', killed)
          clean()
        },
      }
    },
    async kill() {
      killAll()
      await exited
    },
  }
}
