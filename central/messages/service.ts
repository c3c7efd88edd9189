/** What people do with messages: look at what could not be sent, send it again, tell it themselves, note a wish. */
import { numberKey } from '../../shared/phone-number.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db } from '../db/db.ts'
import type { Session } from '../http/access.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import * as outbox from '../outbox/sql.ts'
import { deleteNoMessages, insertNoMessages } from './sql.ts'

const MOST_LISTED = 500

export type MessageDeps = { readonly db: Db; readonly clock: Clock }
type By = Pick<Session, 'staffNo' | 'storeId'>

/** The oldest 500 that are dead, or that somebody must say: no number and no word stands in them. */
export function listMessages({ db }: MessageDeps, status: 'dead' | 'byVoice'): Promise<outbox.ListedOwed[]> {
  return db.tx('sanxin_outbox', (sql) =>
    outbox.selectOwed(sql, { channel: 'message', status, target: null }, MOST_LISTED),
  )
}

/** Tries a dead one again. */
export function sendAgain(
  { db, clock }: MessageDeps,
  id: string,
  { staffNo: actor, storeId: place }: By,
): Promise<outbox.Revived> {
  const at = clock.now()
  return db.tx('sanxin_outbox', async (sql) => {
    const revived = await outbox.reviveOwed(sql, { channel: 'message', id, target: null }, at)
    if (revived === 'revived') await appendAudit(sql, { at, actor, place, action: 'message.again', object: id })
    return revived
  })
}

/** Somebody has told her, or says why nobody must; false where it is not owed. */
export function settleMessage(
  { db, clock }: MessageDeps,
  { id, reason }: { readonly id: string; readonly reason: string },
  { staffNo: by, storeId: place }: By,
): Promise<boolean> {
  const at = clock.now()
  return db.tx('sanxin_outbox', async (sql) => {
    const settled = await outbox.settleOwed(sql, { channel: 'message', id, target: null }, { at, by, reason })
    if (settled) await appendAudit(sql, { at, actor: by, place, action: 'message.settled', object: id })
    return settled
  })
}

/** Notes whether whoever has this number wants messages. */
export function noteWish(
  { db, clock }: MessageDeps,
  { phone, wanted }: { readonly phone: string; readonly wanted: boolean },
  { staffNo: actor, storeId: place }: By,
): Promise<void> {
  const at = clock.now()
  return db.tx('sanxin_outbox', async (sql) => {
    const phoneKey = numberKey(phone, (await selectNumberPlan(sql)).areaCode)
    if (wanted) await deleteNoMessages(sql, phoneKey)
    else await insertNoMessages(sql, phoneKey, at, actor)
    await appendAudit(sql, { at, actor, place, action: 'message.wish', phoneKey, detail: { wanted } })
  })
}
