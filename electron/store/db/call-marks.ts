import type { Database } from 'better-sqlite3'
import { marksOf, type CallMarks, type MarkFact } from '../../../shared/call/call-marks.ts'

export type CallMarkTable = {
  /** Adds what was marked; answers whether it says something new. */
  add(fact: MarkFact): boolean
  of(callId: string): CallMarks
}

/** What was marked of the calls of this desk; a fact told twice changes nothing. */
export function createCallMarks(db: Database): CallMarkTable {
  const add = db.prepare('INSERT INTO call_marks (call_id, at, kind, fact) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const select = db.prepare<[string], { fact: string }>('SELECT fact FROM call_marks WHERE call_id = ? ORDER BY at')
  return {
    add: (fact) => add.run(fact.callId, fact.at, fact.kind, JSON.stringify(fact)).changes > 0,
    of: (callId) => marksOf(select.all(callId).map(({ fact }) => JSON.parse(fact) as MarkFact)),
  }
}
