/** What central owes others because of what was just written: messages to citizens, events to systems outside. */
import type { DeadlineRules } from '../../shared/case/standing.ts'
import type { Tx } from '../db/db.ts'
import { messagesOwed, type Fact } from '../messages/owed-by.ts'
import { insertMessages, selectReceivers } from '../outbox/sql.ts'
import { eventRows, type Change } from '../webhooks/events-of.ts'
import { insertDeliveries } from '../webhooks/sql.ts'
import { selectSecretCallers } from './joined-sql.ts'

/** Who of those who called besides reports something, as her own case stands by now. */
async function secretAmong(sql: Tx, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const joined = changes.flatMap(({ record: { caseId, life } }) => (life.calls.length > 0 ? [caseId] : []))
  return joined.length === 0 ? new Set() : selectSecretCallers(sql, [...new Set(joined)])
}

/**
 * Role sanxin_desk, in the transaction of these events, behind their cases; `now` in ms. Where nobody is to be told,
 * nothing is made ready for them: of a thousand mutations that would be a tenth of all the work.
 */
export async function owe(
  sql: Tx,
  changes: readonly (Change & Fact)[],
  rules: DeadlineRules,
  now: number,
): Promise<void> {
  if (changes.length === 0) return
  const { messages, webhooks } = await selectReceivers(sql)
  const secret = messages ? await secretAmong(sql, changes) : new Set<string>()
  await Promise.all([
    messages ? insertMessages(sql, messagesOwed(changes, { rules, secret }, now), now) : undefined,
    webhooks ? insertDeliveries(sql, eventRows(changes, rules), now) : undefined,
  ])
}
