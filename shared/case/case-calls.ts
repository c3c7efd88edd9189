/** The calls about one case, as its page lists them: who opened it first, then who called besides (rules K8). */
import { z } from 'zod'
import { maskNames } from '../people/mask-caller.ts'
import { may } from '../people/roles.ts'
import { seesReporter, type Looker } from '../people/sees-reporter.ts'
import type { CallerIdentity, CaseEvent, CaseGroups, CaseRecord } from './case-record.ts'
import type { JoinedCall } from './life.ts'
import { keptKind, withoutCall } from './secrecy.ts'
import { owedCallers, wasVisited } from './owed.ts'

/** Times in ms. */
export const pageCallSchema = z.object({
  /** Names her for a visit; null: who opened the case. */
  callerId: z.uuid().nullable(),
  callId: z.string().nullable(),
  at: z.number().int(),
  takenBy: z.string(),
  wantsReply: z.boolean(),
  /** To be called now; told already, or tried often enough, since the answer that stands. */
  owed: z.boolean(),
  visited: z.boolean(),
  /** Masked where the reader need not know; null where it is not for her, which `hidden` says. */
  caller: z.object({ name: z.string(), phone: z.string() }).nullable(),
  hidden: z.boolean(),
  /** What she said, beside what stands in the case; '' of who opened it. */
  text: z.string(),
  address: z.string(),
  /** The case that she had until it was joined into this one. */
  from: z.uuid().nullable(),
  /** By who had called about it before: one more call, not one more caller. */
  again: z.boolean().default(false),
})
export type PageCall = z.infer<typeof pageCallSchema>

/** What each who called besides said and wished, by her identity. */
export const wordsOf = (events: readonly CaseEvent[]): ReadonlyMap<string, CaseGroups> =>
  new Map(events.flatMap((event) => (event.type === 'callJoined' ? [[event.call.callerId, event.groups]] : [])))

/** Whether she may be known to this reader: where the case is a report, or hers was, to who took her call alone. */
export function seesCallerOf(record: CaseRecord, call: Pick<JoinedCall, 'kind' | 'takenBy'>, looker: Looker): boolean {
  return seesReporter({ secret: call.kind === 'report' || record.secret, openedBy: call.takenBy }, looker)
}

/** `find` gives an identity; null where it is not there for this reader. */
export function callsOfCase(
  record: CaseRecord,
  events: readonly CaseEvent[],
  looker: Looker,
  find: (callerId: string) => CallerIdentity | null,
): PageCall[] {
  const owed = new Set(owedCallers(record).map(({ callerId }) => callerId))
  const words = wordsOf(events)
  const { life, groups, openedBy, openedAt, callId } = record
  const show = (identity: string, call: Pick<JoinedCall, 'kind' | 'takenBy'>) => {
    // Each has an identity: one that is not there is kept from this reader, or this desk.
    const known = seesCallerOf(record, call, looker) ? find(identity) : null
    if (known === null) return { caller: null, hidden: true }
    const { name, phone } = may(looker.role, 'callers.whole') ? known : maskNames(known)
    return { caller: { name, phone }, hidden: false }
  }
  const stands = (callerId: string | null) => ({ owed: owed.has(callerId), visited: wasVisited(life, callerId) })
  const opener: PageCall = {
    ...{ callerId: null, callId, at: openedAt, takenBy: openedBy, wantsReply: groups.reply.mode !== 'notWanted' },
    ...stands(null),
    ...show(groups.caller.callerId, { kind: keptKind(record), takenBy: openedBy }),
    ...{ text: '', address: '', from: null, again: false },
  }
  const joined = life.calls.map((call): PageCall => {
    const said = words.get(call.callerId)
    const { callerId, at, takenBy, wantsReply, from, again = false } = call
    const text = said?.content.text ?? ''
    const { district = null, street = null, address = '' } = said?.place ?? {}
    return {
      ...{ callerId, callId: call.callId, at, takenBy, wantsReply, from, text, again },
      address: [district, street, address].filter(Boolean).join(' '),
      ...stands(callerId),
      ...show(callerId, call),
    }
  })
  return [opener, ...joined].map((call) => (call.hidden ? { ...call, callId: null, again: false } : call))
}

/**
 * The case as it is told to whom some of its calls are hidden from: in one call there may be several cases, and by it she
 * would be known beside another one (K10.4). `calls` as callsOfCase gives them.
 */
export function withoutHidden(record: CaseRecord, [opener, ...besides]: readonly PageCall[]): CaseRecord {
  const calls = record.life.calls.map((call, index) => (besides[index]?.hidden === true ? withoutCall(call) : call))
  const callId = opener?.hidden === true ? null : record.callId
  return { ...record, callId, life: { ...record.life, calls } }
}
