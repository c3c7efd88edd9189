/**
 * Central's process: settings from the environment, one JSON line on stdout when it listens
 * (`{"event":"listening","port":…}`), its log as JSON lines on stderr. SIGTERM and SIGINT close it cleanly.
 * Exit codes: 0 closed, 1 failed, 2 wrong settings.
 */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { buildApp } from './app.ts'
import type { Db } from './db/db.ts'
import { checkDurability, NotDurable } from './db/durability.ts'
import { wordsOf } from './db/failure-words.ts'
import { FolderInUse } from './db/folder-lock.ts'
import { updateBackupDays } from './feed/sql.ts'
import { migrate, MigrationBlocked, MigrationRefused } from './db/migrate.ts'
import { faultOf } from '../shared/fault.ts'
import { openMessaging, TemplatesRefused } from './messages/open.ts'
import { must } from '../shared/errors.ts'
import { readNetworks } from './outbox/networks.ts'
import { updateChannels } from './outbox/sql.ts'
import { lineLog } from './log.ts'
import { AreaCodeRefused, settlePlan } from './numbers/service.ts'
import { createSeal } from './people/seal.ts'
import { withKeysFile } from './people/secret-keys.ts'
import { SecretsRefused, settleSecrets } from './people/secrets-at-rest.ts'
import { readSettings, type CentralSettings } from './settings.ts'

/** The address that was set is none of this machine's, or is taken. */
class CannotListen extends Error {
  constructor(host: string, port: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`不能在 ${host}:${port} 上监听 · cannot listen there: ${why}`, { cause })
  }
}

const CLOSE_MS = 10_000
const clock = { now: () => Date.now() }
const log = lineLog((line) => void process.stderr.write(line), clock)

/** Each adapter is loaded only where it is used: PGlite alone costs half a second. */
async function openDb({ databaseUrl, dataDir }: CentralSettings): Promise<Db> {
  if (databaseUrl !== null) return (await import('./db/postgres.ts')).openPostgres(databaseUrl)
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true })
  return (await import('./db/pglite.ts')).openPglite(dataDir ?? undefined)
}

async function start(settings: CentralSettings): Promise<() => Promise<void>> {
  const db = await openDb(settings)
  log('databaseOpen', { kind: db.kind, ...(await checkDurability(db)) })
  const migrations = await migrate(db)
  log('migrated', { migrations })
  const oidc = settings.oidc === null ? null : (await import('./people/oidc.ts')).createOidc(settings.oidc, log)
  const { demo, backupDays } = settings
  await db.tx('owner', (sql) => updateBackupDays(sql, backupDays))
  const { areaCode, extension } = await settlePlan(db, settings.numbers)
  log('numberPlan', { areaCode, extension: `${extension.least}-${extension.most}` })
  const webhookNetworks = must(readNetworks(settings.webhookNetworks), 'networks that were read')
  const messages = settings.messages === null ? null : await openMessaging(settings.messages, clock)
  await db.tx('owner', (sql) => updateChannels(sql, messages !== null))
  log('messages', { by: messages?.gateway.name ?? 'none' })
  const seal = createSeal(settings.secretKeys)
  log('secrets', await settleSecrets(db, seal))
  const app = await buildApp({
    db,
    clock,
    ids: { next: uuidv7 },
    log,
    demo,
    oidc,
    backupDays,
    messages,
    seal,
    webhookNetworks,
    trustedProxies: settings.trustedProxies,
  })
  await app.listen({ host: settings.host, port: settings.port }).catch((error: unknown) => {
    throw new CannotListen(settings.host, settings.port, error)
  })
  const { port } = app.server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ event: 'listening', port })}\n`)
  return async () => {
    await app.close()
    await messages?.gateway.close()
    await db.close()
  }
}

function closeOn(signal: NodeJS.Signals, started: Promise<() => Promise<void>>): void {
  process.once(signal, () => {
    log('closing', { signal })
    setTimeout(() => process.exit(1), CLOSE_MS).unref()
    started
      .then((close) => close())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log('closeFailed', faultOf(error))
        process.exit(1)
      })
  })
}

const environment = withKeysFile(process.env)
const settings = environment.ok ? readSettings(environment.value) : environment
if (!settings.ok) {
  process.stderr.write(`${settings.error.detail}\n`)
  process.exit(2)
}
const refusals = [
  FolderInUse,
  MigrationBlocked,
  NotDurable,
  TemplatesRefused,
  AreaCodeRefused,
  SecretsRefused,
  CannotListen,
]

/** What to say beside the log; our own refusals carry no data of others, and are what the reader needs. */
function wordsOfStart(error: unknown): string | null {
  if (error instanceof MigrationRefused) return `${error.code}: ${error.message}`
  if (error instanceof Error && refusals.some((refusal) => error instanceof refusal)) return error.message
  return wordsOf(error)
}

const started = start(settings.value)

closeOn('SIGTERM', started)
closeOn('SIGINT', started)
// The parent is gone without a word: what it embedded goes too, and leaves the data folder free.
if (process.argv.includes('--exit-with-stdin'))
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume()
started.catch((error: unknown) => {
  const words = wordsOfStart(error)
  if (words !== null) process.stderr.write(`${words}\n`)
  log('startFailed', faultOf(error))
  process.exit(1)
})
