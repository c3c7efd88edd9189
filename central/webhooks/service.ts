/** Where systems outside are told of events: a unit's own, by its key, and the platform's above, by an administrator. */
import { randomUUID } from 'node:crypto'
import { isIP, type BlockList } from 'node:net'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, DbRole, Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import type { Session } from '../http/access.ts'
import { isLoopbackHost, maySendTo } from '../outbox/networks.ts'
import { newSecret } from '../outbox/signature.ts'
import * as outbox from '../outbox/sql.ts'
import type { Seal } from '../people/seal.ts'
import { sealSecret } from './secret.ts'
import * as webhooks from './sql.ts'

/** So many a unit, or the platform, may have. */
export const MOST_WEBHOOKS = 10
const MOST_LISTED = 200

export type WebhookDeps = {
  readonly db: Db
  readonly clock: Clock
  /** Inner networks that central may send to. */
  readonly allowed: BlockList
  /** What secrets are kept under. */
  readonly seal: Seal
  readonly committed: () => void
}

/** Who manages them: a unit's system its own, an administrator the platform's. */
export type Manager = Pick<Session, 'staffNo' | 'role' | 'unit'>
const roleOf = ({ unit }: Manager): DbRole => (unit === null ? 'sanxin_people' : 'sanxin_unit')

/** Why an address will not do: https (plain HTTP on this machine alone), no name or password in it, none that is barred. */
function wrongUrl(text: string, allowed: BlockList): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return true
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) return true
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  // A name is looked at each time that something is sent there.
  return isIP(bare) !== 0 && !maySendTo(bare, allowed)
}

export type Asked = { readonly url: string; readonly events: readonly string[] | null }

/** `invalidInput` names what is wrong: `url`, `tooMany`, or `secretKey` where this centre has no key to keep one under. The secret is told once. */
export async function addWebhook(
  { db, clock, allowed, seal }: WebhookDeps,
  { url, events }: Asked,
  manager: Manager,
): Promise<Result<{ webhookId: string; secret: string }>> {
  if (wrongUrl(url, allowed)) return fail('invalidInput', 'url')
  if (!seal.canSeal) return fail('invalidInput', 'secretKey')
  const { unit, staffNo: by } = manager
  const at = clock.now()
  const [webhookId, secret] = [randomUUID(), newSecret()]
  const add = async (sql: Tx) => {
    await lockName(sql, `webhooks:${unit ?? ''}`)
    if ((await webhooks.selectWebhooks(sql, unit)).length >= MOST_WEBHOOKS) return fail('invalidInput', 'tooMany')
    const sealed = sealSecret(seal, secret, webhookId)
    await webhooks.insertWebhook(sql, { webhookId, unit, url, secret: sealed, events, at, by })
    await appendAudit(sql, { at, actor: by, place: null, action: 'webhook.added', object: webhookId, detail: { unit } })
    return ok({ webhookId, secret })
  }
  return db.tx(roleOf(manager), add, manager)
}

export function listWebhooks({ db }: WebhookDeps, manager: Manager): Promise<webhooks.ListedWebhook[]> {
  return db.tx(roleOf(manager), (sql) => webhooks.selectWebhooks(sql, manager.unit), manager)
}

/** Ends one; false where it is none of hers. */
export function endWebhook({ db, clock }: WebhookDeps, webhookId: string, manager: Manager): Promise<boolean> {
  const at = clock.now()
  const { unit, staffNo: actor } = manager
  const end = async (sql: Tx) => {
    const ended = await webhooks.endWebhook(sql, webhookId, unit, at)
    if (ended) await appendAudit(sql, { at, actor, place: null, action: 'webhook.ended', object: webhookId })
    return ended
  }
  return db.tx(roleOf(manager), end, manager)
}

const isHers = async (deps: WebhookDeps, webhookId: string, manager: Manager) =>
  (await listWebhooks(deps, manager)).some((one) => one.webhookId === webhookId)

/** What could not be delivered to one of hers, the oldest first; null where it is none of hers. */
export async function listDead(
  deps: WebhookDeps,
  webhookId: string,
  manager: Manager,
): Promise<outbox.ListedOwed[] | null> {
  if (!(await isHers(deps, webhookId, manager))) return null
  const of = { channel: 'webhook', status: 'dead', target: webhookId } as const
  return deps.db.tx('sanxin_outbox', (sql) => outbox.selectOwed(sql, of, MOST_LISTED))
}

/** Sends a dead one again, under the id that it had; false where none such is dead. */
export async function deliverAgain(
  deps: WebhookDeps,
  { webhookId, deliveryId: id }: { readonly webhookId: string; readonly deliveryId: string },
  manager: Manager,
): Promise<boolean> {
  if (!(await isHers(deps, webhookId, manager))) return false
  const at = deps.clock.now()
  const became = await deps.db.tx('sanxin_outbox', (sql) =>
    outbox.reviveOwed(sql, { channel: 'webhook', id, target: webhookId }, at),
  )
  const revived = became === 'revived'
  if (revived) deps.committed()
  return revived
}
