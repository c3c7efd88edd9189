/** What is corrected in a case that was joined reaches the case that goes on, which owes the reply (R8.10, P6). */
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { keptKind } from '../../shared/case/secrecy.ts'
import { Overtaken } from '../db/begin-anew.ts'
import type { Tx } from '../db/db.ts'
import { lockNames } from '../db/sql.ts'
import type { FeedEntry } from '../feed/sql.ts'
import { selectToTell, updateJoined } from './joined-sql.ts'
import { caseLock, createScopes } from './scopes.ts'

/**
 * In the transaction that changed these cases; answers the rows of the feed by which the desks that follow the ones that
 * go on hear of it. Their locks are had after the others: where two wait for each other the batch is taken anew.
 */
export async function tellJoined(sql: Tx, records: readonly CaseRecord[], now: number): Promise<FeedEntry[]> {
  const joined = records
    .filter(({ life }) => life.into !== null)
    .map((record) => ({
      caseId: record.caseId,
      callerId: record.groups.caller.callerId,
      kind: keptKind(record),
    }))
  if (joined.length === 0) return []
  const caseIds = await selectToTell(sql, joined)
  if (caseIds.length === 0) return []
  await lockNames(sql, caseIds.map(caseLock))
  // One of them may have been joined while its lock was waited for: then she stands in a further one, which is told, too.
  const known = new Set(caseIds)
  if ((await selectToTell(sql, joined)).some((caseId) => !known.has(caseId))) throw new Overtaken()
  await updateJoined(sql, joined)
  const scopes = await createScopes(sql, { storeId: null, team: null, now }, caseIds)
  for (const caseId of caseIds) scopes.of(caseId).change()
  return scopes.write()
}
