/** Central as it is, two equal nodes of it over one database, with a way to die in the middle of a statement. */
import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import type { PGlite } from '@electric-sql/pglite'
import { buildApp } from '../../central/app.ts'
import type { Db, Tx } from '../../central/db/db.ts'
import { pgliteDb } from '../../central/db/pglite.ts'
import { renewEpoch, selectHead, type FeedHead } from '../../central/feed/sql.ts'
import { selectBefore } from '../../central/ops/sql.ts'
import { must } from '../../shared/errors.ts'
import type { Answer, Sent } from './network.ts'
import type { Random } from './random.ts'

export type SimCentral = {
  readonly db: Db
  /** One request at one of the nodes; null when the node died of it. */
  handle(request: Sent, random: Random): Promise<Answer | null>
  /** Whether a node is at work in its database. */
  isBusy(): boolean
  /** A connection to /live at one of the nodes; it is lost when that node dies. */
  dial(random: Random): Promise<WebSocket>
  /** The node that takes the next request dies at its nth statement from now. */
  dieAt(statement: number): void
  /** The statements at which a node has died in this world. */
  readonly diedAt: ReadonlySet<string>
  head(): Promise<FeedHead>
  /** For another world, whose ids of central these are. */
  reset(nextId: () => string): Promise<void>
  backup(): Promise<Backup>
  /** Puts a backup back under a new epoch: whatever came after it is gone here. */
  restore(backup: Backup): Promise<void>
  /** All sign-ins of a person end. */
  revoke(staffNo: string): Promise<void>
  /** The device that speaks for this store is shut out. */
  revokeDevice(storeId: string): Promise<void>
  /** The database stays, for the next. */
  close(): Promise<void>
}
/** What central takes off the time of a backup, for the clocks of others. */
const CLOCKS_MS = 3_600_000
const NEVER_MS = 2 ** 30

export type Backup = readonly { readonly table: string; readonly rows: string }[]

class NodeDied extends Error {
  /** As a lost connection has: not a bug of central's own. */
  readonly code = 'ECONNRESET'
}

/** In the order in which rows may be put back. */
const TABLES = [
  'stores',
  'devices',
  'sessions',
  'operator_status',
  'mutations',
  'quarantine',
  'case_events',
  'callers',
  'callers_before',
  'cases',
  'case_scopes',
  'call_facts',
  'calls',
  'feed',
  'backups',
] as const

/** The worlds' central over this database (see `loadCentral`), which is one central's at a time. */
export async function startSimCentral(ready: PGlite, now: () => number): Promise<SimCentral> {
  // What the one before it had prepared there goes by the names that this one will give.
  await ready.exec('deallocate all')
  const real = pgliteDb(ready)
  let nextId = (): string => {
    throw new Error('no world has begun')
  }
  const diedAt = new Set<string>()
  let deaths = 0
  let dieIn = 0

  function mayDie(text: string): void {
    if (dieIn === 0 || --dieIn > 0) return
    deaths += 1
    diedAt.add(text.replace(/\s+/g, ' ').slice(0, 60))
    throw new NodeDied('the node died')
  }
  const mortal = (sql: Tx): Tx => ({
    ...sql,
    query: async (text, params) => {
      mayDie(text)
      return sql.query(text, params)
    },
    bytes: async (text, params) => {
      mayDie(text)
      return sql.bytes(text, params)
    },
  })
  let running = 0
  const db: Db = {
    ...real,
    tx: (role, fn, actor) => {
      running += 1
      return real.tx(role, (sql) => fn(mortal(sql)), actor).finally(() => (running -= 1))
    },
  }
  const clock = { now }
  const nodes: FastifyInstance[] = []
  const sockets = new Map<FastifyInstance, Set<WebSocket>>()
  for (let node = 0; node < 2; node++) {
    // Nothing by the machine's own time: no rest after a look, no look but after a commit, no ping.
    const live = { coalesceMs: 0, pollMs: NEVER_MS, helloMs: NEVER_MS, pingMs: NEVER_MS }
    nodes.push(await buildApp({ db, clock, ids: { next: () => nextId() }, live }))
  }
  await Promise.all(nodes.map((node) => node.ready()))

  const clear = (sql: Tx) => sql.script(`truncate ${TABLES.join(', ')} cascade`)
  return {
    db: real,
    diedAt,
    dieAt: (statement) => {
      dieIn = statement
    },
    handle: async ({ path, authorization, body }, random) => {
      const node = random.pick(nodes)
      if (node === undefined) return null
      const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) }
      const before = deaths
      const answer = await node
        .inject({ method: 'POST', url: path as `/${string}`, headers, payload: body })
        // What broke off in the middle of an answer says so by its connection.
        .catch((error: unknown) => (deaths > before ? null : Promise.reject(error)))
      // A node that dies answers nothing; what it had committed before stays.
      if (deaths > before || answer === null) {
        for (const socket of sockets.get(node) ?? []) socket.terminate()
        return null
      }
      return answer === null ? null : { status: answer.statusCode, body: answer.body }
    },
    isBusy: () =>
      running > 0 ||
      [...sockets.values()].some((own) => [...own].some(({ readyState, CLOSING }) => readyState === CLOSING)),
    dial: async (random) => {
      const node = must(random.pick(nodes), 'a node')
      const socket = await node.injectWS('/live')
      const own = sockets.get(node) ?? new Set()
      sockets.set(node, own.add(socket))
      socket.on('close', () => own.delete(socket))
      return socket
    },
    head: () => real.tx('sanxin_desk', selectHead),
    reset: (ids) => {
      nextId = ids
      dieIn = 0
      diedAt.clear()
      return real.tx('owner', async (sql) => {
        await clear(sql)
        await sql.query(
          'update feed_head set head = 0, epoch = gen_random_uuid()::text, epoch_at = 0, first_ordinal = 0',
        )
      })
    },
    backup: () =>
      real.tx('owner', async (sql) => {
        // Only the newest is gone back to here, and all clocks of central are one.
        await sql.query('delete from backups')
        await sql.query('insert into backups (at, whole) values ($1::bigint, true)', [now() + CLOCKS_MS])
        const kept: { table: string; rows: string }[] = []
        for (const table of [...TABLES, 'feed_head']) {
          const [row] = await sql.query<{ rows: string }>(
            `select coalesce(json_agg(t), '[]')::text as rows from ${table} t`,
          )
          kept.push({ table, rows: row?.rows ?? '[]' })
        }
        return kept
      }),
    restore: (backup) =>
      real.tx('owner', async (sql) => {
        const { ordinal } = await selectBefore(sql, now())
        await clear(sql)
        await sql.query('delete from feed_head')
        for (const { table, rows } of backup) {
          await sql.query(
            `insert into ${table} select * from json_populate_recordset(null::${table}, $1::text::json)`,
            [rows],
          )
        }
        await renewEpoch(sql, now(), ordinal)
      }),
    revoke: (staffNo) =>
      real.tx(
        'owner',
        async (sql) =>
          void (await sql.query('update sessions set ended_at = $2::bigint where staff_no = $1::text', [
            staffNo,
            now(),
          ])),
      ),
    revokeDevice: (storeId) =>
      real.tx(
        'owner',
        async (sql) =>
          void (await sql.query('update devices set revoked_at = $2::bigint where store_id = $1::uuid', [
            storeId,
            now(),
          ])),
      ),
    close: async () => {
      for (const node of nodes) {
        // An end that was cut in the middle of its closing says nothing to the other here, and central would wait for it.
        for (const client of node.websocketServer.clients) client.terminate()
        await node.close()
      }
    },
  }
}
