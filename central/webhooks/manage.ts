/** How an administrator looks after what systems outside are told: sees how it goes, tries it, lets it rest. */
import type { SystemWebhook, WebhookAct } from '../../shared/admin/systems-page.ts'
import { appendAudit } from '../audit/sql.ts'
import { selectUnits } from '../directory/sql.ts'
import { post } from '../outbox/post.ts'
import { signedHeaders } from '../outbox/signature.ts'
import { carriedOf } from './carrier.ts'
import * as manage from './manage-sql.ts'
import { openSecret } from './secret.ts'
import type { Manager, WebhookDeps } from './service.ts'
import { selectReceiver } from './sql.ts'

/** So many of the last ones are shown. */
const MOST_RESULTS = 5
/** What it is told when it is tried: nothing of any case. */
const TEST = 'webhook.test'

/** The names of units as they stand in the directory, by their ids. */
export async function unitNames({ db }: Pick<WebhookDeps, 'db'>): Promise<ReadonlyMap<string, string>> {
  return new Map((await db.tx('sanxin_reader', selectUnits)).map(({ id, name }) => [id, name]))
}

/** All that stand: the platform's, and the units' own, which their systems look after. */
export async function listManaged(deps: WebhookDeps, names: ReadonlyMap<string, string>): Promise<SystemWebhook[]> {
  const all = await deps.db.tx('sanxin_people', manage.selectManaged)
  const targets = all.map(({ webhookId }) => webhookId)
  const results = await deps.db.tx('sanxin_outbox', (sql) => manage.selectResults(sql, targets, MOST_RESULTS))
  const byTarget = new Map(results.map(({ target, ...rest }) => [target, rest]))
  return all.map((one) => ({
    ...one,
    unitName: one.unit === null ? null : (names.get(one.unit) ?? null),
    ...(byTarget.get(one.webhookId) ?? { waiting: 0, results: [] }),
  }))
}

/** Sends one that says that it is a test; null where it was taken, or one word on why not. */
async function tryIt({ db, clock, allowed, seal }: WebhookDeps, webhookId: string): Promise<string | null> {
  const receiver = await db.tx('sanxin_outbox', (sql) => selectReceiver(sql, webhookId))
  if (receiver === null) return 'ended'
  const at = clock.now()
  const body = JSON.stringify({ type: TEST, timestamp: new Date(at).toISOString(), data: {} })
  const signed = { id: `test-${webhookId}-${at}`, timestamp: Math.floor(at / 1000), body }
  const headers = signedHeaders(openSecret(seal, receiver.secret, webhookId), signed)
  const carried = carriedOf(await post({ url: new URL(receiver.url), headers, body, allowed }))
  return carried.became === 'failed' ? carried.reason : null
}

const actions = { pause: 'webhook.paused', resume: 'webhook.resumed', test: 'webhook.tested' } as const

/**
 * Pauses one or goes on, also a unit's own; tries one of the platform's. Null where there is none such. What waits goes
 * when the pause ends.
 */
export async function actOnWebhook(
  deps: WebhookDeps,
  webhookId: string,
  act: WebhookAct,
  { staffNo: actor }: Manager,
): Promise<{ readonly reason: string | null } | null> {
  const at = deps.clock.now()
  const isThere = await deps.db.tx('sanxin_people', async (sql) => {
    const found =
      act === 'test'
        ? (await manage.selectManaged(sql)).some((one) => one.webhookId === webhookId && one.unit === null)
        : await manage.updatePaused(sql, webhookId, act === 'pause' ? at : null)
    if (found) await appendAudit(sql, { at, actor, place: null, action: actions[act], object: webhookId })
    return found
  })
  if (!isThere) return null
  if (act === 'resume') deps.committed()
  return { reason: act === 'test' ? await tryIt(deps, webhookId) : null }
}
