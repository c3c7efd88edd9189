/** PostgreSQL through postgres.js: a pool of connections, one for each running transaction. */
import postgres from 'postgres'
import { sqlState, whileOpen, type Actor, type Db, type DbRole, type Tx, type Value } from './db.ts'
import { eachHost, namedDatabase } from './database-url.ts'
import { createDialer, type Dialer } from './dialer.ts'
import { enter } from './enter.ts'
import { createLookout } from './lookout.ts'
import { createPrimaries, StalePrimary } from './primary.ts'

const STATEMENT_MS = 15_000
const CONNECT_S = 10
/** All work is over when the pool closes; a connection that broke before may never say goodbye. */
const CLOSE_S = 1
/** How long a transaction waits for a connection before it fails. */
const WAIT_MS = 5000

type Kind = { readonly standby: boolean; readonly owner: string | null }

const options = (connections: number, dial: Dialer['dial'], { standby, owner }: Kind) => ({
  max: connections,
  socket: dial,
  // What a standby answers is of the past, and it takes nothing: to central it is no server.
  ...(standby ? {} : { target_session_attrs: 'primary' as const }),
  connect_timeout: CONNECT_S,
  // After an outage the desks are waiting: the library's own patience grows to 20 s.
  backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 0.25),
  onnotice: () => undefined,
  connection: {
    application_name: 'sanxin-central',
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    ...(owner === null ? {} : { role: owner }),
  },
  // Milliseconds and feed positions stay far below 2^53: plain numbers, as PGlite gives them.
  types: {
    bigint: { to: 20, from: [20], parse: (text: string) => Number(text), serialize: (value: number) => String(value) },
  },
})

/** No connection could be had in time; nothing was done. */
export class DbUnavailable extends Error {
  readonly code = 'dbUnavailable'
  constructor() {
    super('no connection to the database')
    this.name = 'DbUnavailable'
  }
}

/** Whether the session itself is over: the server ended it (FATAL), or the connection broke. */
function endsSession(error: unknown): boolean {
  if (sqlState(error) !== null) return ['FATAL', 'PANIC'].includes(String((error as { severity: unknown }).severity))
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('CONNECTION_') || code.startsWith('ECONN') || code === 'EPIPE' || code === 'ETIMEDOUT'
}

/** Ends the session from within, out of a transaction that was aborted: the pool would go on with it. */
const LEAVE = 'rollback; select pg_terminate_backend(pg_backend_pid())'
const hasLeft = (tx: postgres.TransactionSql): Promise<boolean> =>
  tx
    .unsafe(LEAVE)
    .simple()
    .execute()
    .then(
      () => false,
      () => true,
    )

const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

type Waiting = { readonly waitMs: number; readonly proven: () => void; readonly unavailable: () => Error }

/**
 * Runs `fn` in a transaction of the pool. When its connection dies, `begin` rejects; the work inside must then
 * neither go on nor end: whatever postgres.js sends on a dead connection (its rollback too) is written to a
 * socket that is gone, which throws outside of any promise and would end the process.
 */
function runTransaction<T>(
  pool: postgres.Sql,
  { waitMs, proven, unavailable }: Waiting,
  start: (sql: Tx) => Promise<void>,
  fn: (sql: Tx) => Promise<T>,
): Promise<T> {
  let state: 'waiting' | 'running' | 'late' | 'dead' = 'waiting'
  let stale: StalePrimary | null = null
  const work = pool.begin(async (tx): Promise<{ value: T }> => {
    proven()
    if (state === 'late') throw new DbUnavailable()
    state = 'running'
    const alive = async <R>(send: () => Promise<R>): Promise<R> => {
      if (state === 'dead') return never<R>()
      try {
        return await send()
      } catch (error) {
        if (endsSession(error)) state = 'dead'
        throw error
      }
    }
    let open = true
    const session: Tx = {
      query: <Row>(text: string, params: readonly Value[] = []) =>
        alive(async () => [...(await tx.unsafe(text, [...params], { prepare: true }).execute())] as unknown as Row[]),
      bytes: (text, params = []) =>
        alive(
          async () =>
            [
              ...(await tx
                .unsafe(text, [...params], { prepare: true })
                .raw()
                .execute()),
            ] as (Uint8Array | null)[][],
        ),
      script: (text) => alive(async () => void (await tx.unsafe(text).simple().execute())),
    }
    // postgres.js takes what comes after the end as well, on a connection that is the login's again.
    const sql = whileOpen(session, () => open)
    try {
      // Sent in this order and run in this order, without a way to the server and back between them: where the role
      // cannot be set the transaction is aborted, and PostgreSQL refuses whatever follows.
      const [entered, done] = await Promise.allSettled([start(sql), fn(sql)])
      if (entered.status === 'rejected') {
        if (entered.reason instanceof StalePrimary) {
          stale = entered.reason
          if (await hasLeft(tx)) return await never()
        }
        throw entered.reason
      }
      if (done.status === 'rejected') throw done.reason
      // Boxed: postgres.js would await each promise of an array that `fn` returned.
      return { value: done.value }
    } catch (error) {
      if ((state as string) === 'dead') return await never()
      throw error
    } finally {
      open = false
    }
  })
  return new Promise<T>((resolve, reject) => {
    const waiting = setTimeout(() => {
      if (state !== 'waiting') return
      state = 'late'
      reject(unavailable())
    }, waitMs)
    work
      .then(
        ({ value }) => resolve(value),
        (error: unknown) => {
          if (state === 'running') state = 'dead'
          reject(stale ?? (error instanceof Error ? error : unavailable()))
        },
      )
      .finally(() => clearTimeout(waiting))
  })
}

export type PoolOptions = {
  readonly connections?: number
  readonly waitMs?: number
  readonly standby?: boolean
  readonly owner?: string | null
  readonly lookMs?: number
}

/**
 * Opens a pool of at most `connections` (10) on `url` (postgres://…, also of several hosts: the primary among them
 * is taken); a transaction waits `waitMs` (5000) for one of them, then fails with DbUnavailable, or StalePrimary (D21). `standby` takes a
 * server that is none, to promote it; `owner` is another role than the login's that the tables are made by. Nothing
 * connects before the first query, but what looks at several hosts every `lookMs` (5000) for a newer primary.
 */
export function openPostgres(
  url: string,
  { connections = 10, waitMs = WAIT_MS, standby = false, owner = null, lookMs }: PoolOptions = {},
): Db {
  const primaries = standby ? null : createPrimaries()
  const hosts = eachHost(url)
  const lookout = primaries === null || hosts.length === 1 ? null : createLookout(hosts, primaries, lookMs)
  const dialer = createDialer(2 * connections, lookout?.isStale)
  const dial: Dialer['dial'] = async (to) => {
    await lookout?.first
    return dialer.dial(to)
  }
  // By its name: the library asks for what stands in the URL, %20 and all.
  const database = namedDatabase(url)
  const pool = postgres(url, {
    ...(database === null ? {} : { database }),
    ...options(connections, dial, { standby, owner }),
  }) as unknown as postgres.Sql
  const { proven } = dialer
  const unavailable = () => (lookout?.hasStale() === true ? new StalePrimary() : new DbUnavailable())
  return {
    kind: 'postgres',
    tx: <T>(role: DbRole | 'owner', fn: (sql: Tx) => Promise<T>, actor?: Actor) => {
      // The owner's may set how it is isolated, which is for the first statement to do.
      const settle = role === 'owner' ? null : primaries
      const start = async (sql: Tx) => void (await Promise.all([settle?.enter(sql), enter(sql, role, actor)]))
      return runTransaction(pool, { waitMs, proven, unavailable }, start, fn)
    },
    close: async () => {
      await Promise.all([lookout?.close(), pool.end({ timeout: CLOSE_S })])
    },
  }
}
