import type { Database } from 'better-sqlite3'
import { assertNever } from '../../../shared/errors.ts'
import type { CallFact } from '../../../shared/call/call-fact.ts'

export type Calls = {
  /** Adds a fact; answers whether it says something new. */
  record(fact: CallFact): boolean
  unfinished(): string[]
  countsSince(at: number): { answered: number; missed: number }
}

/** The calls of this desk as their facts tell them; a fact told twice changes nothing. */
export function createCalls(db: Database): Calls {
  const touch = db.prepare<[string]>('INSERT INTO calls (call_id) VALUES (?) ON CONFLICT DO NOTHING')
  const set = {
    offered: db.prepare('UPDATE calls SET offered_at = @at WHERE call_id = @callId AND offered_at IS NULL'),
    answered: db.prepare('UPDATE calls SET answered_at = @at WHERE call_id = @callId AND answered_at IS NULL'),
    ended: db.prepare(
      'UPDATE calls SET ended_at = @at, outcome = @outcome WHERE call_id = @callId AND ended_at IS NULL',
    ),
    settled: db.prepare('UPDATE calls SET settled = @outcome WHERE call_id = @callId'),
    // Offered again after a ring that was missed: the same citizen's leg, open once more.
    reopened: db.prepare(
      `UPDATE calls SET ended_at = NULL, outcome = NULL, offered_at = @at
       WHERE call_id = @callId AND answered_at IS NULL AND ended_at IS NOT NULL AND ended_at <= @at`,
    ),
  }
  const outcomes = db.prepare<[string], { outcome: string | null; settled: string | null }>(
    'SELECT outcome, settled FROM calls WHERE call_id = ?',
  )
  const unfinished = db.prepare<[], { call_id: string }>(
    'SELECT call_id FROM calls WHERE ended_at IS NULL AND offered_at IS NOT NULL',
  )
  const counts = db.prepare<[number], { answered: number; missed: number }>(
    `SELECT count(answered_at) AS answered, count(*) FILTER (WHERE outcome IN ('missed', 'failed')) AS missed
     FROM calls WHERE offered_at >= ?`,
  )

  function record(fact: CallFact): boolean {
    const { callId, at } = fact
    touch.run(callId)
    switch (fact.kind) {
      case 'offered':
        return set.offered.run({ callId, at }).changes + set.reopened.run({ callId, at }).changes > 0
      case 'answered':
        return set.answered.run({ callId, at }).changes > 0
      case 'talking':
        return true
      // A second word that differs from the first is a fact of its own: central hears both.
      case 'ended': {
        const before = outcomes.get(callId)
        return set.ended.run({ callId, at, outcome: fact.outcome }).changes > 0 || before?.outcome !== fact.outcome
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
    record,
    unfinished: () => unfinished.all().map((row) => row.call_id),
    countsSince: (at) => counts.get(at) ?? { answered: 0, missed: 0 },
  }
}
