/** Whoever called about something else gets a case of her own, with what she said in that call (rule K8.8). */
import type { CaseEvent, CaseRecord } from './case-record.ts'
import type { CaseKind } from './case-kind.ts'
import { callsWith } from './life.ts'
import { stateAfter } from './state-after.ts'

type Said = Extract<CaseEvent, { type: 'callJoined' }>

/** What was said in the calls that go where this one goes, the first one first; none where there is no such call. */
export function wordsOut(record: CaseRecord, events: readonly CaseEvent[], callerId: string): readonly Said[] {
  const going = new Set(callsWith(record.life, callerId).map((call) => call.callerId))
  return events.flatMap((event) => (event.type === 'callJoined' && going.delete(event.call.callerId) ? [event] : []))
}

/** What her own case is: a report where she said so in any of these calls, or nobody said what else it is of one about a report. */
function ownKind(said: readonly Said[], secret: boolean): CaseKind | null {
  if (said.some(({ call }) => call.kind === 'report')) return 'report'
  return said[0]?.call.kind ?? (secret ? 'report' : null)
}

/**
 * The events of her own case: opened as of her call, by who took it, and replied to as she wished. Where that was not
 * asked yet she waits for a reply, as she did where she was joined. `secret`: so was the case that she called about.
 */
export function ownCase(said: readonly Said[], caseNo: string, secret: boolean): CaseEvent[] {
  const [first, ...more] = said
  if (first === undefined) return []
  const { call } = first
  const stamp = { at: call.at, by: call.takenBy }
  const mode = first.groups.reply.mode ?? 'later'
  const classification = { ...first.groups.classification, kind: ownKind(said, secret) }
  const groups = { ...first.groups, classification, reply: { ...first.groups.reply, mode } }
  return [
    { type: 'caseOpened', caseNo, callId: call.callId, groups, ...stamp },
    { type: 'caseReplied', state: stateAfter[mode], ...stamp },
    ...more.map((one) => ({ ...one, call: { ...one.call, wantsReply: false, again: true } })),
  ]
}
