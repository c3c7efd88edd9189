/** Who reports something (举报) stays as secret as she was, whatever the case becomes (rules K10). */
import type { CaseEvent, CaseRecord, GroupValue } from './case-record.ts'
import type { CaseKind } from './case-kind.ts'
import type { JoinedCall } from './life.ts'

type Secrecy = Pick<CaseRecord, 'secret' | 'groups'>

/** Whether a case is still secret, or by now, once this stands in it; `lifts` says that who wrote it may lift that. */
export function secretAfter(secret: boolean, { group, value }: GroupValue, lifts: boolean): boolean {
  if (group !== 'classification') return secret
  return value.kind === 'report' || (secret && !lifts)
}

/** Whether this makes of a secret case another kind than it is, and no report: then who may know lifts the secret by it. */
export function endsReport({ secret, groups }: Secrecy, { group, value }: GroupValue): boolean {
  if (!secret || group !== 'classification') return false
  return value.kind !== 'report' && value.kind !== groups.classification.kind
}

/** As what her call is kept where the case is joined into another one: as a report, where it was one and is secret yet. */
export function keptKind({ secret, groups }: Secrecy): CaseKind | null {
  return secret ? 'report' : groups.classification.kind
}

/** A call, but not which it was, nor that it was of who had called before (K10.4). */
export function withoutCall(call: JoinedCall): JoinedCall {
  const { again: _again, ...plain } = call
  return { ...plain, callId: null }
}

/**
 * An event, without in which call it was. Who wished a reply and is owed none had called before: she is told as one who
 * wished none.
 */
export function eventWithoutCall(event: CaseEvent): CaseEvent {
  if (event.type === 'caseOpened') return { ...event, callId: null }
  if (event.type !== 'callJoined') return event
  const { call, groups } = event
  const mode = call.wantsReply ? groups.reply.mode : 'notWanted'
  return { ...event, call: withoutCall(call), groups: { ...groups, reply: { ...groups.reply, mode } } }
}
