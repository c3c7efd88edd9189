import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'
import { projectCall } from './project-call.ts'
import { insertCalls, insertFacts, knownOf, selectFactsOf, upsertCalls, type NewFact } from './sql.ts'

function numberOf(facts: readonly NewFact[]): string | null {
  const began = facts.flatMap(({ fact }) => (fact.kind === 'offered' || fact.kind === 'dialled' ? [fact.number] : []))
  return began.at(-1) ?? null
}

/**
 * Adds facts to their calls, in the caller's transaction (role sanxin_desk), which holds the locks of the `standing`
 * ones; another that stands by now breaks it (23505). Facts are never refused. Local numbers are keyed under `areaCode`.
 */
export async function addCallFacts(
  sql: Tx,
  facts: readonly NewFact[],
  areaCode: string,
  standing: ReadonlySet<string>,
): Promise<void> {
  if (facts.length === 0) return
  const byCall = Map.groupBy(facts, ({ fact }) => fact.callId)
  // In this order: what is read of a call that stands has what is added to it.
  const [, known] = await Promise.all([
    insertFacts(sql, facts),
    selectFactsOf(
      sql,
      [...byCall.keys()].filter((callId) => standing.has(callId)),
    ),
  ])
  const rows = [...byCall].map(([callId, fresh]) => {
    const number = numberOf(fresh)
    const phoneKey = number === null ? null : numberKey(number, areaCode)
    return { callId, number, phoneKey, ...projectCall(known.get(callId) ?? fresh.map(knownOf)) }
  })
  await Promise.all([
    insertCalls(
      sql,
      rows.filter(({ callId }) => !standing.has(callId)),
    ),
    upsertCalls(
      sql,
      rows.filter(({ callId }) => standing.has(callId)),
    ),
  ])
}
