import type { BookSender } from '../cases/case-book.ts'
import { casesInScope } from '../cases/scopes.ts'
import type { Tx } from '../db/db.ts'
import { appendFeed, holdFeed, selectHead, type FeedHead } from '../feed/sql.ts'
import { holdStore, updateEntered, type Entered } from './sql.ts'

/**
 * A desk that comes with this epoch for the first time begins with its scope as it stands now, not with all that it
 * ever followed; what is for all it reads from the start. Answers the position after which its own begins.
 */
export async function enterFeed(sql: Tx, desk: BookSender, place: Entered, current: FeedHead): Promise<number> {
  if (place.enteredEpoch === current.epoch) return place.enteredFrom
  // The store before the feed, as intake takes them: none waits for the other.
  const held = await holdStore(sql, desk.storeId)
  if (held.enteredEpoch === current.epoch) return held.enteredFrom
  await holdFeed(sql)
  const { head } = await selectHead(sql)
  const cases = await casesInScope(sql, desk)
  await updateEntered(sql, desk.storeId, current.epoch, head)
  await appendFeed(
    sql,
    cases.map((ref) => ({ kind: 'case', ref, storeId: desk.storeId, team: null })),
  )
  return head
}
