/**
 * The rules of the case, as pure functions: the desk decides at once, central decides finally, both here.
 *
 *   (none) ──case.open──► accepted ──case.reply──► repliedAtOnce | toDispatch | noReplyWanted
 *                            │ ▲                            │ ▲
 *                            └─┴──case.edit, case.settle    └─┴──case.edit, case.settle
 * From toDispatch on the case goes by the steps of steps.ts.
 *
 * The rules are numbered in SPEC.md beside this file.
 */
import { assertNever, fail, ok, type Result } from '../errors.ts'
import {
  wholeGroups,
  type CaseEvent,
  type CaseRecord,
  type GroupName,
  type GroupValue,
  type LateEdit,
  type LateName,
} from './case-record.ts'
import type { CaseCommand } from './commands.ts'
import { asCallAgain, isSameCall } from './called-before.ts'
import { newLife, stepped } from './life.ts'
import { deskStates } from './case-step.ts'
import { endsReport, secretAfter } from './secrecy.ts'
import { stateAfter } from './state-after.ts'

/** Who decides when by which mutation, and the revision that the command's base stands for. */
export type DecideContext = {
  readonly at: number
  readonly by: string
  readonly mutation: string
  readonly baseRevision: number
  /** Whether the author is believed to be who she says; where it is not said, she is. */
  readonly believed?: boolean
  /** Whether it is certain that the author may know who reports something (rule K10.2); where it is not said, she may not. */
  readonly knowsReporter?: boolean
  /** Whether who stands there as the caller was written down by the author herself; where it is not said, she was not. */
  readonly wroteCaller?: boolean
  /** Of a call: whose number it has, among those who called about the case before; nobody's where it is not said. */
  readonly hers?: ReadonlySet<string>
}

/** Whether who reports something stands there, and is not shown to the author: she writes nothing over it (rule K10.5). */
const isHidden = ({ secret, openedBy }: CaseRecord, group: GroupName, { by, believed, ...context }: DecideContext) =>
  group === 'caller' &&
  secret &&
  (believed === false || by !== openedBy) &&
  context.knowsReporter !== true &&
  context.wroteCaller !== true

const isStale = (record: CaseRecord, group: GroupName, context: DecideContext) =>
  record.groupRevisions[group] > context.baseRevision || isHidden(record, group, context)

/** What an event says besides, by which who raised the case is no secret any more. */
function liftedBy(record: CaseRecord, value: GroupValue, { knowsReporter = false }: DecideContext): { lifts?: true } {
  return knowsReporter && endsReport(record, value) ? { lifts: true } : {}
}

function edit(record: CaseRecord, edits: readonly GroupValue[], context: DecideContext): CaseEvent[] {
  const { at, by, mutation } = context
  return edits
    .filter((value) => !sameValue(record, value))
    .map((value) =>
      isStale(record, value.group, context)
        ? { type: 'lateEditKept', edit: value, mutation, at, by }
        : { type: 'groupEdited', edit: value, ...liftedBy(record, value, context), at, by },
    )
}

/** Another way to reply is a reply, not an edit: the state would say one thing and the words another. */
function changesMode(record: CaseRecord, edits: readonly GroupValue[], context: DecideContext): boolean {
  return edits.some(
    (one) =>
      one.group === 'reply' &&
      record.state !== 'accepted' &&
      one.value.mode !== record.groups.reply.mode &&
      !isStale(record, 'reply', context),
  )
}

function sameValue(record: CaseRecord, { group, value }: GroupValue): boolean {
  return JSON.stringify(record.groups[group]) === JSON.stringify(value)
}

function reply(
  record: CaseRecord,
  command: CaseCommand & { type: 'case.reply' },
  context: DecideContext,
): Result<CaseEvent[]> {
  const { mode } = command.reply
  if (mode === null) return fail('illegalTransition', 'reply.mode')
  const edits = edit(record, [{ group: 'reply', value: command.reply }], context)
  // A reply that came late is kept like any late edit: the state goes with the reply that stands.
  if (edits.length > 0 && isStale(record, 'reply', context)) return ok(edits)
  // Until a unit has it the operator may still correct how the citizen is replied to, but never say it twice.
  if (record.state === stateAfter[mode] || !deskStates.includes(record.state))
    return fail('illegalTransition', record.state)
  const { at, by } = context
  return ok([...edits, { type: 'caseReplied', state: stateAfter[mode], at, by }])
}

const isNamed =
  ({ mutation, group }: LateName) =>
  (late: LateEdit): boolean =>
    late.mutation === mutation && late.group === group

function settle(
  record: CaseRecord,
  command: CaseCommand & { type: 'case.settle' },
  context: DecideContext,
): Result<CaseEvent[]> {
  const { late, take } = command
  const kept = record.late.find(isNamed(late))
  if (kept === undefined) return fail('illegalTransition', 'late.settled')
  if (take && isHidden(record, late.group, context)) return fail('illegalTransition', 'late.hidden')
  // Chosen was between this and a value that stands no longer.
  if (record.groupRevisions[late.group] > context.baseRevision) return fail('illegalTransition', 'late.changed')
  const { at, by } = context
  const lifted = take ? liftedBy(record, kept, context) : {}
  const settled: CaseEvent = { type: 'lateEditSettled', late, take, ...lifted, at, by }
  const mode = take && kept.group === 'reply' ? kept.value.mode : null
  if (mode === null || record.state === stateAfter[mode]) return ok([settled])
  if (!deskStates.includes(record.state)) {
    // With a unit only the words may still be another's, not the way.
    return mode === record.groups.reply.mode ? ok([settled]) : fail('illegalTransition', record.state)
  }
  return ok([settled, { type: 'caseReplied', state: stateAfter[mode], at, by }])
}

/** Whoever calls is one more caller; her second word in the same call is kept, and she is owed no second reply. */
function joinCall(
  record: CaseRecord,
  command: CaseCommand & { type: 'case.call' },
  { at, by, believed = true, hers = new Set() }: DecideContext,
): CaseEvent[] {
  const { callId, groups } = command
  const again = isSameCall(record, { callId, kind: groups.classification.kind, by: believed ? by : null })
  const { callerId } = groups.caller
  const wantsReply = groups.reply.mode !== 'notWanted' && !again
  const call = { callerId, callId, takenBy: by, at, kind: groups.classification.kind, wantsReply, from: null }
  const told = again ? { ...call, again } : asCallAgain(record, call, hers)
  return [{ type: 'callJoined', call: told, groups, at, by }]
}

/** Decides a command against the case as it stands: the events that follow, or the code that refuses it. */
export function decideCase(
  record: CaseRecord | null,
  command: CaseCommand,
  context: DecideContext,
): Result<CaseEvent[]> {
  const { at, by } = context
  if (command.type === 'case.open') {
    if (record !== null) return fail('illegalTransition', 'open')
    const { caseNo, callId, groups } = command
    return ok([{ type: 'caseOpened', caseNo, callId, groups, at, by }])
  }
  if (record === null) return fail('notFound', 'case')
  switch (command.type) {
    case 'case.edit':
      if (changesMode(record, command.edits, context)) return fail('illegalTransition', 'reply.mode')
      return ok(edit(record, command.edits, context))
    case 'case.reply':
      return reply(record, command, context)
    case 'case.settle':
      return settle(record, command, context)
    case 'case.call':
      return ok(joinCall(record, command, context))
    default:
      return assertNever(command)
  }
}

function write(record: CaseRecord, edited: GroupValue, revision: number, lifts: boolean): CaseRecord {
  const { group, value } = edited
  const groups = { ...record.groups, [group]: value }
  const secret = secretAfter(record.secret, edited, lifts)
  return { ...record, groups, secret, groupRevisions: { ...record.groupRevisions, [group]: revision }, revision }
}

/** Applies one event; each event is one revision. */
export function applyCaseEvent(record: CaseRecord | null, caseId: string, event: CaseEvent): CaseRecord {
  if (event.type === 'caseOpened') {
    const { caseNo, callId, groups, at, by } = event
    const groupRevisions = { classification: 1, place: 1, caller: 1, content: 1, reply: 1, particulars: 1 }
    return {
      caseId,
      caseNo,
      callId,
      groups: wholeGroups(groups),
      groupRevisions,
      state: 'accepted',
      life: newLife,
      openedAt: at,
      openedBy: by,
      secret: groups.classification.kind === 'report',
      late: [],
      revision: 1,
    }
  }
  if (record === null) throw new Error(`${event.type} before caseOpened`)
  const revision = record.revision + 1
  switch (event.type) {
    case 'groupEdited':
      return write(record, event.edit, revision, event.lifts === true)
    case 'lateEditKept': {
      const { edit: kept, mutation, by, at } = event
      return { ...record, late: [...record.late, { ...kept, mutation, by, at }], revision }
    }
    case 'lateEditSettled': {
      const isIt = isNamed(event.late)
      const kept = event.take ? record.late.find(isIt) : undefined
      const rest = { ...record, late: record.late.filter((late) => !isIt(late)), revision }
      return kept === undefined ? rest : write(rest, kept, revision, event.lifts === true)
    }
    case 'caseReplied':
      return { ...record, state: event.state, revision }
    case 'caseStepped':
      return { ...record, state: event.state, life: stepped(record.life, event.step, event), revision }
    case 'callJoined': {
      const { life } = record
      return { ...record, life: { ...life, calls: [...life.calls, event.call] }, revision }
    }
    default:
      return assertNever(event)
  }
}

/** Folds events into the case that they tell. */
export function foldCase(record: CaseRecord | null, caseId: string, events: readonly CaseEvent[]): CaseRecord | null {
  return events.reduce<CaseRecord | null>((current, event) => applyCaseEvent(current, caseId, event), record)
}
