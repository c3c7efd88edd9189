import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Lines } from '../../shared/call/lines.ts'
import { isUp } from '../../shared/call/call.ts'
import { factsOfCall } from '../../shared/call/facts-of-call.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'

/**
 * What a phone that was started again takes up of the one before: its calls, the facts that they stand for (it may have
 * died before it told them; told twice they change nothing), and the names of those that were up, the one in front last,
 * so that it stays in front.
 */
export function takeUp({ call, other, beside, joined, completing, refused }: PhoneSnapshot): {
  readonly lines: Lines
  readonly facts: readonly CallFact[]
  readonly up: readonly string[]
} {
  const all = [other, call, beside].flatMap((one) => (one === null ? [] : [one]))
  return {
    lines: { call, other, beside, joined, completing, refused },
    facts: all.flatMap(factsOfCall),
    up: all.filter(isUp).map(({ caller }) => caller.callId),
  }
}
