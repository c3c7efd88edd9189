/** Where a case is joined into another one, all who called about it are owed their reply by that one (rule K8.5). */
import type { CaseEvent, CaseGroups, CaseRecord } from './case-record.ts'
import { wordsOf } from './case-calls.ts'
import { asCallAgain, calledBefore } from './called-before.ts'
import { foldCase } from './decide.ts'
import type { JoinedCall } from './life.ts'
import { keptKind } from './secrecy.ts'
import { must } from '../errors.ts'

/** The case that is joined, as it stood before. */
type Joined = { readonly record: CaseRecord; readonly events: readonly CaseEvent[] }

/**
 * The calls of a case with what was said in each, who opened it first; those that went to another one with it are not its
 * any more, nor those that were taken out. Who came with a case that was joined, undone and joined again stands in several
 * events.
 */
function callsWithWords({ record, events }: Joined): { readonly call: JoinedCall; readonly groups: CaseGroups }[] {
  const { caseId, callId, openedAt, openedBy, groups, life } = record
  const opener: JoinedCall = {
    ...{ callerId: groups.caller.callerId, callId, takenBy: openedBy, at: openedAt },
    ...{ kind: keptKind(record), wantsReply: groups.reply.mode !== 'notWanted', from: caseId },
  }
  const words = wordsOf(events)
  return [
    { call: opener, groups },
    ...life.calls.slice(life.handedOver).map((call) => ({
      call: { ...call, kind: record.secret ? keptKind(record) : call.kind, from: call.from ?? caseId },
      groups: must(words.get(call.callerId), 'what was said in a call'),
    })),
  ]
}

/**
 * The events that follow in the case that goes on, `into`; none for who is among its callers already. `keyOf` gives the
 * key of an identity's number, '' where there is none: who called about that one before is no one more caller (K8.7).
 */
export function handOver(
  joined: Joined,
  into: readonly CaseEvent[],
  stamp: { readonly at: number; readonly by: string },
  keyOf: (callerId: string) => string = () => '',
): CaseEvent[] {
  const goesOn = foldCase(null, joined.record.caseId, into)
  const there = new Set(goesOn?.life.calls.map(({ callerId }) => callerId))
  return callsWithWords(joined)
    .filter(({ call }) => !there.has(call.callerId))
    .map(({ call, groups }) => {
      const again =
        goesOn === null ? call : asCallAgain(goesOn, call, calledBefore(goesOn, keyOf(call.callerId), keyOf))
      return { type: 'callJoined', call: again, groups, ...stamp }
    })
}
