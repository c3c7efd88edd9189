import type { CallFact } from './call-fact.ts'
import type { Call } from './call-machine.ts'

/** The facts that a call's state stands for: told again where it is not known whether they were heard. */
export function factsOfCall({ caller, direction, purpose, ringAt, answeredAt, endedAt, outcome }: Call): CallFact[] {
  const { callId, number, queue } = caller
  const facts: CallFact[] = [
    direction === 'in'
      ? { callId, kind: 'offered', at: ringAt, number, queue }
      : { callId, kind: 'dialled', at: ringAt, number, purpose },
  ]
  if (answeredAt !== null) facts.push({ callId, kind: 'answered', at: answeredAt })
  if (endedAt !== null && outcome !== null) facts.push({ callId, kind: 'ended', at: endedAt, outcome })
  return facts
}
