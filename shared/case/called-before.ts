/** Whether who calls about a case called about it before: then it is one more call, and not one more caller (rule K8.7). */
import type { CaseRecord } from './case-record.ts'
import type { CaseKind } from './case-kind.ts'
import type { JoinedCall } from './life.ts'
import { isOpenState, wasVisited } from './owed.ts'

/**
 * Those who called about the case and are its callers still, by the identities of their calls; but for those who report
 * something, for that one of them calls again would tell whoever reads the case whose number is hers (K10.3).
 */
const callersNow = ({ secret, groups, life }: CaseRecord): string[] =>
  secret
    ? []
    : [
        groups.caller.callerId,
        ...life.calls
          .slice(life.handedOver)
          .filter(({ kind }) => kind !== 'report')
          .map(({ callerId }) => callerId),
      ]

/**
 * Whether something was said in the same call about this case already, by who is as secret as whoever says it now. Of who
 * reports something it must have been written down by who certainly writes it now (`by`): to anybody else the answer would
 * tell in which call she reported (K10.4).
 */
export function isSameCall(
  { secret, callId: opened, openedBy, life }: CaseRecord,
  { callId, kind, by }: { readonly callId: string | null; readonly kind: CaseKind | null; readonly by: string | null },
): boolean {
  const isOpen = !secret && kind !== 'report'
  const isHers = (who: string) => isOpen || who === by
  const asSecret = (of: CaseKind | null) => secret || (of === 'report') === (kind === 'report')
  const others = life.calls.filter((call) => isHers(call.takenBy) && asSecret(call.kind)).map((call) => call.callId)
  return callId !== null && ((callId === opened && isHers(openedBy) && asSecret(null)) || others.includes(callId))
}

/** Which of the callers of a case have this number; `keyOf` gives the key of an identity's, '' where there is none. */
export function calledBefore(
  record: CaseRecord | null,
  key: string,
  keyOf: (callerId: string) => string,
): ReadonlySet<string> {
  return new Set(record === null || key === '' ? [] : callersNow(record).filter((callerId) => keyOf(callerId) === key))
}

/**
 * Whether a later call of the same number rests upon one of these, which are to go: she is not counted, or owed nothing,
 * by that one for this one's sake. The events do not say whose sake: only the numbers do.
 */
export function isRestedUpon(
  { life: { calls } }: CaseRecord,
  going: readonly JoinedCall[],
  keyOf: (callerId: string) => string,
): boolean {
  return going.some((gone) => {
    const key = gone.wantsReply || gone.again !== true ? keyOf(gone.callerId) : ''
    const later = calls.slice(calls.indexOf(gone) + 1).filter((call) => call.again === true && !going.includes(call))
    return key !== '' && later.some(({ callerId }) => keyOf(callerId) === key)
  })
}

/** Whether one of these callers of the case has her reply still to come: by it she is told. */
function isOwedYet({ groups, life, state }: CaseRecord, hers: ReadonlySet<string>): boolean {
  const openerWaits = groups.reply.mode !== 'notWanted' && isOpenState(state) && !wasVisited(life, null)
  return (
    (hers.has(groups.caller.callerId) && (openerWaits || life.visitOwed)) ||
    life.calls
      .slice(life.handedOver)
      .some(({ callerId, wantsReply }) => hers.has(callerId) && wantsReply && !wasVisited(life, callerId))
  )
}

/**
 * One more call of hers: she is owed no second reply while one is to come. Of who reports something it is not said that
 * she called before: those of her number may be known to all (K10.3).
 */
export function asCallAgain(record: CaseRecord, call: JoinedCall, hers: ReadonlySet<string>): JoinedCall {
  if (hers.size === 0 || call.kind === 'report') return call
  return { ...call, wantsReply: call.wantsReply && !isOwedYet(record, hers), again: true }
}
