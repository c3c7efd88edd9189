/** What central owes others because of what was just written: messages to citizens, events to systems outside. */
import type { DeadlineRules } from '../../shared/case/standing.ts'
import type { Tx } from '../db/db.ts'
import { messagesOwed } from '../messages/owed-by.ts'
import { insertMessages } from '../outbox/sql.ts'
import { eventRows, type Change } from '../webhooks/events-of.ts'
import { insertDeliveries } from '../webhooks/sql.ts'

/** Role sanxin_desk, in the transaction of these events, behind their cases; `now` in ms. */
export async function owe(sql: Tx, changes: readonly Change[], rules: DeadlineRules, now: number): Promise<void> {
  await Promise.all([
    insertMessages(sql, messagesOwed(changes, rules, now), now),
    insertDeliveries(sql, eventRows(changes, rules), now),
  ])
}
