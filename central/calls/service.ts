import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'
import { projectCall } from './project-call.ts'
import { insertFacts, selectFactsOf, upsertCalls, type NewFact } from './sql.ts'

function numberOf(facts: readonly NewFact[]): string | null {
  const began = facts.flatMap(({ fact }) => (fact.kind === 'offered' || fact.kind === 'dialled' ? [fact.number] : []))
  return began.at(-1) ?? null
}

/**
 * Adds facts to their calls, in the caller's transaction (role sanxin_desk), which holds the calls' locks. Facts are
 * never refused. Local numbers are keyed under `areaCode`.
 */
export async function addCallFacts(sql: Tx, facts: readonly NewFact[], areaCode: string): Promise<void> {
  if (facts.length === 0) return
  const byCall = Map.groupBy(facts, ({ fact }) => fact.callId)
  await insertFacts(sql, facts)
  const known = await selectFactsOf(sql, [...byCall.keys()])
  await upsertCalls(
    sql,
    [...byCall].map(([callId, fresh]) => {
      const number = numberOf(fresh)
      const phoneKey = number === null ? null : numberKey(number, areaCode)
      return { callId, number, phoneKey, ...projectCall(known.get(callId) ?? []) }
    }),
  )
}
