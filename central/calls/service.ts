import type { CallFact } from '../../shared/call/call-fact.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { projectCall } from './project-call.ts'
import { insertFact, selectFacts, upsertCall, type FactSource } from './sql.ts'

/** Adds a fact to its call, in the caller's transaction (role sanxin_desk). Facts are never refused. */
export async function addCallFact(sql: Tx, source: FactSource, fact: CallFact): Promise<void> {
  await lockName(sql, `call:${fact.callId}`)
  await insertFact(sql, source, fact)
  const number = fact.kind === 'offered' ? { text: fact.number, key: numberKey(fact.number) } : null
  await upsertCall(sql, fact.callId, number, projectCall(await selectFacts(sql, fact.callId)))
}
