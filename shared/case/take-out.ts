/** Whoever called about something else gets a case of her own, with what she said in that call (rule K8.8). */
import type { CaseEvent, CaseRecord } from './case-record.ts'
import { callsWith } from './life.ts'
import { stateAfter } from './state-after.ts'

type Said = Extract<CaseEvent, { type: 'callJoined' }>

/** What was said in the calls that go where this one goes, the first one first; none where there is no such call. */
export function wordsOut(record: CaseRecord, events: readonly CaseEvent[], callerId: string): readonly Said[] {
  const going = new Set(callsWith(record.life, callerId).map((call) => call.callerId))
  return events.flatMap((event) => (event.type === 'callJoined' && going.delete(event.call.callerId) ? [event] : []))
}

/**
 * The events of her own case: opened as of her call, by who took it, and replied to as she wished. Where that was not
 * asked yet she waits for a reply, as she did where she was joined.
 */
export function ownCase(said: readonly Said[], caseNo: string): CaseEvent[] {
  const [first, ...more] = said
  if (first === undefined) return []
  const { call } = first
  const stamp = { at: call.at, by: call.takenBy }
  const mode = first.groups.reply.mode ?? 'later'
  const groups = { ...first.groups, reply: { ...first.groups.reply, mode } }
  return [
    { type: 'caseOpened', caseNo, callId: call.callId, groups, ...stamp },
    { type: 'caseReplied', state: stateAfter[mode], ...stamp },
    ...more.map((one) => ({ ...one, call: { ...one.call, wantsReply: false, again: true } })),
  ]
}
