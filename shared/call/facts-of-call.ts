import type { CallFact } from './call-fact.ts'
import type { Call, Caller } from './call.ts'

/** That a call was dialled, and why. */
export function dialledFact({ caller: { callId, number }, purpose, paysBack, ringAt: at }: Call): CallFact {
  return { callId, kind: 'dialled', at, number, purpose, ...(paysBack === null ? {} : { paysBack }) }
}

/** The facts that a call's state stands for: told again where it is not known whether they were heard. */
export function factsOfCall(call: Call): CallFact[] {
  const { caller, direction, ringAt, answeredAt, endedAt, outcome } = call
  const { callId, number, queue } = caller
  const facts: CallFact[] = [
    direction === 'in' ? { callId, kind: 'offered', at: ringAt, number, queue } : dialledFact(call),
  ]
  if (answeredAt !== null) facts.push({ callId, kind: 'answered', at: answeredAt })
  if (endedAt !== null && outcome !== null) facts.push({ callId, kind: 'ended', at: endedAt, outcome })
  return facts
}

/**
 * L12: what is told of a call that does not ring here, for want of room or of somebody who takes calls. A queue offers
 * its calls to somebody else, who tells of them; of a direct one nobody else would.
 */
export function unheardFacts({ callId, number, queue }: Caller, at: number): CallFact[] {
  if (queue !== '') return []
  return [
    { callId, kind: 'offered', at, number, queue },
    { callId, kind: 'ended', at, outcome: 'missed' },
  ]
}
