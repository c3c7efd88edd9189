import type { Database } from 'better-sqlite3'
import { assertNever } from '../../../shared/errors.ts'
import { purposeOfOffer } from '../../../shared/call/call-book.ts'
import type { CallFact } from '../../../shared/call/call-fact.ts'
import type { NumberPlan } from '../../../shared/number-plan.ts'
import { numberKey } from '../../../shared/phone-number.ts'
import type { CallMarks } from '../../../shared/call/call-marks.ts'
import { createCallMarks } from './call-marks.ts'

/** A call of which no end is known: the last thing that is, and who was signed in then (null: not known). */
export type UnfinishedCall = { readonly callId: string; readonly lastAt: number; readonly author: string | null }

export type Calls = {
  /**
   * Adds a fact, told while `author` was signed in; answers whether it says something new. `toldAt` is its time before
   * it was corrected: the same fact told again is known by it. Null for what the phone did not tell.
   */
  record(fact: CallFact, author: string, toldAt: number | null): boolean
  unfinished(): UnfinishedCall[]
  marks(callId: string): CallMarks
  /** The caller's number as it came; null where none is known. */
  numberOf(callId: string): string | null
  countsSince(at: number): { answered: number; missed: number }
  /** Keys all numbers anew, under another area code. */
  rekey(areaCode: string): void
  /** Lets go of calls that ended before `than`, at most `limit`; answers how many. */
  purge(than: number, limit: number): number
}

type Outcome = { outcome: string | null; end_estimated: number; settled: string | null }

/** The calls of this desk as their facts tell them; a fact told twice changes nothing. `plan`: how numbers are meant here. */
export function createCalls(db: Database, plan: () => NumberPlan): Calls {
  const touch = db.prepare<[string]>('INSERT INTO calls (call_id) VALUES (?) ON CONFLICT DO NOTHING')
  const signedIn = db.prepare<[string, string]>(
    `UPDATE calls SET author = coalesce(nullif(?, ''), author) WHERE call_id = ?`,
  )
  const set = {
    offered: db.prepare('UPDATE calls SET offered_at = @at WHERE call_id = @callId AND offered_at IS NULL'),
    whose: db.prepare(
      `UPDATE calls SET direction = @direction, purpose = @purpose, number = @number, phone_key = @phoneKey,
         pays_back = @paysBack WHERE call_id = @callId AND (direction IS NULL OR phone_key = '')`,
    ),
    transferred: db.prepare('UPDATE calls SET transferred_to = @to WHERE call_id = @callId'),
    answered: db.prepare('UPDATE calls SET answered_at = @at WHERE call_id = @callId AND answered_at IS NULL'),
    // An end that was seen takes the place of one that was only estimated, and never the other way round.
    ended: db.prepare(
      `UPDATE calls SET ended_at = @at, outcome = @outcome, end_estimated = @estimated
       WHERE call_id = @callId AND (ended_at IS NULL OR (end_estimated = 1 AND @estimated = 0))`,
    ),
    settled: db.prepare('UPDATE calls SET settled = @outcome WHERE call_id = @callId'),
    // Offered again after a ring that was missed: the same citizen's leg, open once more. An estimated end stands
    // at the ring itself, which may be told again.
    reopened: db.prepare(
      `UPDATE calls SET ended_at = NULL, outcome = NULL, end_estimated = 0, answered_elsewhere = 0, offered_at = @at
       WHERE call_id = @callId AND answered_at IS NULL AND ended_at IS NOT NULL AND ended_at + end_estimated <= @at`,
    ),
  }
  const outcomes = db.prepare<[string], Outcome>('SELECT outcome, end_estimated, settled FROM calls WHERE call_id = ?')
  const unfinished = db.prepare<[], UnfinishedCall>(
    `SELECT call_id AS callId, max(coalesce(offered_at, 0), coalesce(answered_at, 0)) AS lastAt, author FROM calls
     WHERE ended_at IS NULL AND (offered_at IS NOT NULL OR answered_at IS NOT NULL)`,
  )
  const counts = db.prepare<[number], { answered: number; missed: number }>(
    // Those of citizens; of calls from before it was kept nothing else is known.
    `SELECT count(answered_at) AS answered,
       count(*) FILTER (WHERE answered_at IS NULL AND outcome IN ('missed', 'failed', 'lost')) AS missed
     FROM calls WHERE offered_at >= ? AND (direction IS NULL OR (direction = 'in' AND purpose = 'citizen'))`,
  )

  const tell = db.prepare<[string, string, number]>(
    'INSERT INTO call_told (call_id, kind, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const purge = db.prepare<[number, number]>(
    `DELETE FROM calls WHERE call_id IN (SELECT call_id FROM calls WHERE ended_at < ? LIMIT ?)`,
  )
  const numbers = db.prepare<[], { callId: string; number: string }>(
    'SELECT call_id AS callId, number FROM calls WHERE number IS NOT NULL',
  )
  const numberOf = db.prepare<[string], { number: string | null }>('SELECT number FROM calls WHERE call_id = ?')
  const setKey = db.prepare<[string, string]>('UPDATE calls SET phone_key = ? WHERE call_id = ?')
  const marks = createCallMarks(db)

  function noteWhose(fact: Extract<CallFact, { kind: 'offered' | 'dialled' }>): void {
    const { callId, number } = fact
    const phoneKey = numberKey(number, plan().areaCode)
    if (fact.kind === 'dialled') {
      const { purpose, paysBack = null } = fact
      set.whose.run({ callId, direction: 'out', purpose, number, phoneKey, paysBack })
    } else {
      const purpose = purposeOfOffer(number, fact.queue, plan())
      set.whose.run({ callId, direction: 'in', purpose, number, phoneKey, paysBack: null })
    }
  }

  function isNew(fact: CallFact, toldAt: number | null): boolean {
    const { callId, at } = fact
    touch.run(callId)
    if (toldAt !== null && tell.run(callId, fact.kind, toldAt).changes === 0) return false
    switch (fact.kind) {
      case 'dialled':
        noteWhose(fact)
        return set.offered.run({ callId, at }).changes > 0
      case 'offered':
        noteWhose(fact)
        return set.offered.run({ callId, at }).changes + set.reopened.run({ callId, at }).changes > 0
      case 'answered':
        return set.answered.run({ callId, at }).changes > 0
      case 'talking':
      case 'held':
      case 'resumed':
      case 'quality':
      case 'said':
        return true
      case 'transferred':
        set.transferred.run({ callId, to: fact.to })
        return true
      case 'warned':
      case 'warningWithdrawn':
      case 'recorded':
      case 'recordingPaused':
      case 'recordingResumed':
        return marks.add(fact)
      case 'ended': {
        const before = outcomes.get(callId)
        const estimated = fact.estimated === true ? 1 : 0
        const { changes } = set.ended.run({ callId, at, outcome: fact.outcome, estimated })
        // A second word that differs from the first is a fact of its own: central hears both. A mere estimate is none.
        return changes > 0 || (estimated === 0 && before?.outcome !== fact.outcome)
      }
      case 'settled': {
        const before = outcomes.get(callId)
        return set.settled.run({ callId, outcome: fact.outcome }).changes > 0 && before?.settled !== fact.outcome
      }
      default:
        return assertNever(fact)
    }
  }

  return {
    record: (fact, author, toldAt) => {
      const news = isNew(fact, toldAt)
      if (news) signedIn.run(author, fact.callId)
      return news
    },
    marks: marks.of,
    unfinished: () => unfinished.all(),
    numberOf: (callId) => numberOf.get(callId)?.number ?? null,
    countsSince: (at) => counts.get(at) ?? { answered: 0, missed: 0 },
    rekey: (areaCode) => {
      for (const { callId, number } of numbers.all()) setKey.run(numberKey(number, areaCode), callId)
    },
    purge: (than, limit) => purge.run(than, limit).changes,
  }
}
