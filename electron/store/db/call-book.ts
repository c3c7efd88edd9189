/**
 * What the calls of this desk come to: a list for whoever sits here, and whom the desk owes a call.
 *
 * B1 A call back is owed to a citizen who called here and was not answered (missed, failed, lost while it rang), and to
 *    one whose call was lost in the middle, whoever had called whom.
 * B2 It is owed no more once a later call of that number, by any spelling, was answered, here or by her; or one that was
 *    dialled to pay it back, whatever number was dialled.
 * B3 Several such calls of one number are one promise: the newest stands for them.
 * B4 A try that nobody answered pays nothing, and is counted. Next is whom nobody has tried, the newest first; then
 *    whose last try is the longest ago.
 * B5 A number that was withheld, or that is not dialled from here, cannot be called: it is said so, nothing is owed.
 * B6 The operator's word that there was no matter in it (silent, wrong number, abuse) ends the promise.
 * B7 The promise is the desk's, whoever sits there, and goes with its call alone, after thirty days.
 * B8 Central knows of the other desks: whoever was answered at one of them, in that call or in a later one, is owed
 *    nothing here. It is asked after each exchange while something is owed, and before the next one is dialled; of a
 *    call that was answered here and then lost, once it has been told of that, for the answer alone would pay it. While
 *    central is away, a desk goes by what it knows itself.
 * B9 Calls from before whose they are was kept stand in it as their facts tell (migration 0014); those whose facts this
 *    file has let go of do not, for their number is not known here, and nothing can be owed to nobody.
 */
import type { Database } from 'better-sqlite3'
import { canCallBack, type ListedCall } from '../../../shared/call/call-book.ts'
import type { NumberPlan } from '../../../shared/number-plan.ts'

type Row = Omit<ListedCall, 'owed' | 'answeredElsewhere'> & {
  readonly owed: number
  readonly answeredElsewhere: number
}

export type CallBook = {
  /** The calls told under `author` since `since`, and what the desk owes; the newest first. */
  shift(author: string, since: number): ListedCall[]
  /** Whom the desk owes a call, the next one first (B4). */
  owed(): ListedCall[]
  /** The citizens of these calls were answered at another desk; of one that was offered anew since then it says nothing. */
  markAnswered(calls: readonly Pick<ListedCall, 'callId' | 'at'>[]): void
}

/** Whether the call `c` is owed, but for what no dial plan reads (B5). */
export const unpaid = `(c.purpose = 'citizen' AND NOT c.answered_elsewhere AND c.phone_key <> '' AND c.settled IS NULL AND (
    (c.direction = 'in' AND c.answered_at IS NULL AND c.outcome IN ('missed', 'failed', 'lost'))
    OR (c.answered_at IS NOT NULL AND c.outcome = 'lost'))
  AND NOT EXISTS (
    SELECT 1 FROM calls d WHERE d.phone_key = c.phone_key AND d.phone_key <> '' AND d.offered_at > c.offered_at AND d.purpose = 'citizen'
      AND (d.answered_at IS NOT NULL OR (d.direction = 'in' AND d.outcome IN ('missed', 'failed', 'lost'))))
  AND NOT EXISTS (SELECT 1 FROM calls d WHERE d.pays_back = c.call_id AND d.answered_at IS NOT NULL))`

const isTry = `d.direction = 'out' AND d.answered_at IS NULL AND d.offered_at > c.offered_at
  AND (d.pays_back = c.call_id OR (d.phone_key = c.phone_key AND d.phone_key <> ''))`

const caseOf = (column: string) => `(SELECT ${column} FROM cases k
  WHERE k.call_id = c.call_id ORDER BY k.opened_at DESC LIMIT 1)`

const columns = `c.call_id AS callId, c.offered_at AS at, c.direction, c.purpose,
  iif(c.phone_key = '', '', c.number) AS number, c.answered_at AS answeredAt, c.ended_at AS endedAt, c.outcome,
  c.transferred_to AS transferredTo, c.answered_elsewhere AS answeredElsewhere,
  coalesce(${caseOf('k.case_id')},
    (SELECT case_id FROM drafts WHERE call_id = c.call_id AND author = @author)) AS caseId,
  ${caseOf('k.case_no')} AS caseNo,
  ${unpaid} AS owed, (SELECT count(*) FROM calls d WHERE ${isTry}) AS tries`

const toCall = ({ owed, answeredElsewhere, ...row }: Row, plan: NumberPlan): ListedCall => ({
  ...row,
  owed: owed === 1 && canCallBack(row, plan),
  answeredElsewhere: answeredElsewhere === 1,
})

/** `plan` says how numbers are meant here now. */
export function createCallBook(db: Database, plan: () => NumberPlan): CallBook {
  const listed = (rows: Row[]) => rows.map((row) => toCall(row, plan()))
  const shift = db.prepare<[{ author: string; since: number }], Row>(
    `SELECT ${columns} FROM calls c
     WHERE c.direction IS NOT NULL AND ((c.author = @author AND c.offered_at >= @since) OR ${unpaid})
     ORDER BY c.offered_at DESC`,
  )
  const waiting = db.prepare<[{ author: string }], Row>(
    `SELECT ${columns} FROM calls c WHERE ${unpaid}
     ORDER BY coalesce((SELECT max(d.offered_at) FROM calls d WHERE ${isTry}), 0), c.offered_at DESC`,
  )
  const mark = db.prepare<[string, number]>(
    'UPDATE calls SET answered_elsewhere = 1 WHERE call_id = ? AND offered_at = ?',
  )
  const owed = () => listed(waiting.all({ author: '' })).filter((call) => call.owed)
  return {
    shift: (author, since) => listed(shift.all({ author, since })),
    owed,
    markAnswered: db.transaction((calls: readonly Pick<ListedCall, 'callId' | 'at'>[]) => {
      for (const { callId, at } of calls) mark.run(callId, at)
    }),
  }
}
