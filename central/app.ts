/** Central as an application: everything but the port, the environment and the process. */
import { readFileSync } from 'node:fs'
import type { BlockList } from 'node:net'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Clock, Ids, Log } from '../shared/ports.ts'
import { adminRoutes } from './admin/routes.ts'
import { systemAdminRoutes } from './admin/systems-routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { callRoutes } from './calls/routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { createDevices } from './devices/service.ts'
import { findRoutes } from './cases/find-routes.ts'
import { createRecounter } from './cases/recount.ts'
import { createWordIndex } from './cases/word-index.ts'
import type { Db } from './db/db.ts'
import { StalePrimary } from './db/primary.ts'
import { selectHead } from './feed/sql.ts'
import { guardRoutes, open } from './http/access.ts'
import { createAskers } from './http/askers.ts'
import { limitInFlight } from './http/in-flight.ts'
import { readJson } from './http/json-body.ts'
import { openApiRoute } from './openapi/routes.ts'
import { createKeys } from './systems/keys.ts'
import { systemRoutes } from './systems/routes.ts'
import { webhookCarrier } from './webhooks/carrier.ts'
import { createReminders } from './webhooks/reminders.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { must } from '../shared/errors.ts'
import { answerFailures } from './http/refusal.ts'
import { carryRoutes } from './kb/carry/routes.ts'
import { articleRoutes } from './kb/life-routes.ts'
import { taskRoutes } from './kb/tasks-routes.ts'
import { createOpenWatch } from './ledger/open-watch.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { countOpen } from './ledger/service.ts'
import { messageCarrier, type Messaging } from './messages/carrier.ts'
import { messageRoutes } from './messages/routes.ts'
import { rateRoutes } from './messages/rate-routes.ts'
import { readNetworks } from './outbox/networks.ts'
import { createWorker } from './outbox/worker.ts'
import type { OwnRows } from './feed/own-rows.ts'
import { createHeadWatch, type WatchTimes } from './live/head-watch.ts'
import { liveRoutes } from './live/routes.ts'
import { faultOf } from '../shared/fault.ts'
import type { Oidc } from './people/oidc.ts'
import { oidcRoutes } from './people/oidc-routes.ts'
import { passwordRoutes } from './people/change-password.ts'
import { peopleRoutes } from './people/routes.ts'
import { createSeal, type Seal } from './people/seal.ts'
import { progressRoutes } from './progress/routes.ts'
import { createWhenceOf } from './people/lockout.ts'
import { createPeople } from './people/service.ts'
import { attachmentRoutes } from './portal/attachment-routes.ts'
import { builtAdminPage, builtPage } from './http/built-page.ts'
import { unitRoutes } from './portal/routes.ts'
import { seedDemo } from './seed-demo.ts'
import { BACKUP_DAYS } from './settings.ts'
import { syncRoutes } from './sync/routes.ts'
import { createRuleBook } from './tables/rule-book.ts'
import { tableRoutes } from './tables/routes.ts'

export type AppDeps = {
  /** Migrated, and closed by whoever opened it. */
  readonly db: Db
  readonly clock: Clock
  readonly ids: Ids
  readonly log?: Log
  /** Loads the demo: its people and the articles that come with the program. */
  readonly demo?: boolean
  /** Signing in with the organisation's account; without it there are staff number and password only. */
  readonly oidc?: Oidc | null
  /** Messages to citizens; without it there are none. */
  readonly messages?: Messaging | null
  /** What opens second factors; without it whoever needs one cannot sign in. */
  readonly seal?: Seal
  /** Inner networks to which events may be sent; none unless said. */
  readonly webhookNetworks?: BlockList
  /** The proxies in front, addresses or networks by commas, whose word on who asks is taken; none unless said. */
  readonly trustedProxies?: string
  /** How many days a backup may be gone back to: so long the desks keep what came after it. */
  readonly backupDays?: number
  /** Where the page of the member units was built; out/portal where nothing is said. */
  readonly unitPage?: string
  /** And the administration's; out/admin. */
  readonly adminPage?: string
  /** The times of /live in milliseconds, and how many connections it takes; only tests set them. */
  readonly live?: Partial<WatchTimes & { helloMs: number; pingMs: number; openMs: number; most: number }>
}

const SMALL_BODY = 64 * 1024
const DAY_MS = 86_400_000
/** L13: two thousand desks, and those of them whose former connection nobody has found dead yet. */
const MOST_LIVE = 2500
const liveTimes = { coalesceMs: 100, pollMs: 1000, helloMs: 5000, pingMs: 30_000, openMs: 10_000, most: MOST_LIVE }

function productVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}

/** Builds central over its parts; it listens when told to. Sets what the demo needs first, where asked for. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { db, clock, ids } = deps
  const log: Log = deps.log ?? (() => undefined)
  const times = { ...liveTimes, ...deps.live }
  if (deps.demo === true) await seedDemo(db, clock, log)

  const app = Fastify({
    logger: false,
    bodyLimit: SMALL_BODY,
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
    trustProxy: deps.trustedProxies ? deps.trustedProxies : false,
    forceCloseConnections: 'idle',
  })
  readJson(app)
  const seal = deps.seal ?? createSeal([])
  const people = createPeople(db, clock, seal)
  const knowsAskers = Boolean(deps.trustedProxies)
  const whenceOf = createWhenceOf(knowsAskers)
  const devices = createDevices(db, clock)
  const watch = createHeadWatch(db, clock, log, times)
  const openWatch = createOpenWatch(() => countOpen({ db, clock }), log, times.openMs)
  answerFailures(app, log)
  const keys = createKeys(db, clock)
  // A key of a unit's system is told by its shape; all else is a person's.
  const findSession = async (token: string) => (await keys.find(token)) ?? people.findSession(token)
  const { findDevice, findExchange } = devices
  limitInFlight(app)
  guardRoutes(app, { findSession, findDevice, findExchange })
  // A desk that is being answered while the node closes must not hold it open by keeping its connection alive.
  let closing = false
  app.addHook('preClose', async () => void (closing = true))
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
    if (closing) void reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) =>
    log('request', {
      method: request.method,
      route: request.routeOptions.url ?? '',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }),
  )

  const gate = { findSession, findDevice, findExchange }
  const live = await liveRoutes(app, {
    db,
    clock,
    ids,
    log,
    watch,
    openWatch,
    gate,
    helloMs: times.helloMs,
    pingMs: times.pingMs,
    most: times.most,
  })
  app.addHook('onClose', () => Promise.all([watch.close(), openWatch.close()]))
  deviceRoutes(app, devices, live.closeDevice)
  peopleRoutes(app, { people, whenceOf, letGo: live.letGo })
  passwordRoutes(app, { db, clock, whenceOf })
  oidcRoutes(app, people, deps.oidc ?? null)
  // Beside what is asked: what was counted by an earlier table or calendar.
  const tables = createRuleBook(log, () => recounter.follow())
  const recounter = createRecounter(db, tables, log)
  const index = createWordIndex(db, log)
  const messaging = deps.messages ?? null
  const allowed = deps.webhookNetworks ?? must(readNetworks(''), 'no networks')
  const carriers = [webhookCarrier(allowed, seal), ...(messaging === null ? [] : [messageCarrier(messaging)])]
  const worker = createWorker({ db, clock, log, carriers })
  const reminders = createReminders({ db, clock, log, committed: worker.follow })
  const committed = (own?: OwnRows) => {
    watch.kick(own)
    index.follow()
    worker.follow()
    recounter.resume()
  }
  syncRoutes(app, { db, clock, log, tables, committed, backupMs: (deps.backupDays ?? BACKUP_DAYS) * DAY_MS })
  caseRoutes(app, { db, clock, tables, committed })
  findRoutes(app, { db, clock, tables, index })
  callRoutes(app, db)
  const published = () => {
    committed()
    recounter.follow()
  }
  tableRoutes(app, { db, clock, log, committed: published })
  ledgerRoutes(app, { db, clock }, openWatch.kick)
  articleRoutes(app, { db, clock, committed })
  taskRoutes(app, { db, clock })
  carryRoutes(app, { db, clock, committed })
  attachmentRoutes(app, { db, clock })
  unitRoutes(app, { db, clock, log, people, whenceOf, folder: deps.unitPage ?? builtPage })
  messageRoutes(app, { db, clock, committed })
  const inboundSecret = messaging?.gateway.inboundSecret ?? null
  rateRoutes(app, { db, clock, tables, committed, inboundSecret, isTooMuch: createAskers(clock, knowsAskers) })
  const letGo = live.closeDevice
  const adminPage = deps.adminPage ?? builtAdminPage
  adminRoutes(app, { db, clock, seal, log, people, whenceOf, devices, letGo, committed, folder: adminPage })
  systemRoutes(app, keys)
  const webhookDeps = { db, clock, allowed, seal, committed }
  webhookRoutes(app, webhookDeps)
  systemAdminRoutes(app, keys, webhookDeps)
  openApiRoute(app, productVersion())
  progressRoutes(app, { db, clock, isTooMuch: createAskers(clock, knowsAskers) })
  auditRoutes(app, db)
  // What changed while no node ran, and words that none has taken yet.
  app.addHook('onListen', async () => {
    recounter.follow()
    index.start()
    worker.start()
    reminders.start()
  })
  app.addHook('onClose', async () => {
    await index.close()
    await reminders.close()
    await worker.close()
    await recounter.close()
  })
  healthRoute(app, db, log)
  return app
}

/**
 * GET /health: whether central and its database answer; 503 where the database does not, with a reason where it is an
 * old primary that takes writes beside, or instead of, the one that was promoted.
 */
function healthRoute(app: FastifyInstance, db: Db, log: Log): void {
  const version = productVersion()
  app.get('/health', open, async (_request, reply) => {
    try {
      const { head } = await db.tx('sanxin_live', selectHead)
      return { ok: true, db: db.kind, head, version }
    } catch (error) {
      log('databaseDown', faultOf(error))
      const reason = error instanceof StalePrimary ? { reason: error.code } : {}
      return reply.code(503).send({ ok: false, db: db.kind, head: null, version, ...reason })
    }
  })
}
