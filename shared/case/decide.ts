/**
 * The rules of the case, as pure functions: the desk decides at once, central decides finally, both here.
 *
 *   (none) ──case.open──► accepted ──case.reply──► repliedAtOnce | toDispatch | noReplyWanted
 *                            │ ▲                            │ ▲
 *                            └─┴──case.edit                 └─┴──case.edit
 */
import { assertNever, fail, ok, type Result } from '../errors.ts'
import type { CaseEvent, CaseRecord, GroupName, GroupValue, ReplyMode } from './case-record.ts'
import type { CaseCommand } from './commands.ts'

/** Who decides when, and the revision that the command's base stands for. */
export type DecideContext = { readonly at: number; readonly by: string; readonly baseRevision: number }

const stateAfter = { atOnce: 'repliedAtOnce', later: 'toDispatch', notWanted: 'noReplyWanted' } as const

function edit(record: CaseRecord, edits: readonly GroupValue[], context: DecideContext): CaseEvent[] {
  const { at, by, baseRevision } = context
  return edits
    .filter((value) => !sameValue(record, value))
    .map((value) => {
      const stale = record.groupRevisions[value.group] > baseRevision
      return { type: stale ? 'lateEditKept' : 'groupEdited', edit: value, at, by }
    })
}

function sameValue(record: CaseRecord, { group, value }: GroupValue): boolean {
  return JSON.stringify(record.groups[group]) === JSON.stringify(value)
}

function reply(
  record: CaseRecord,
  command: CaseCommand & { type: 'case.reply' },
  context: DecideContext,
): Result<CaseEvent[]> {
  const mode: ReplyMode | null = command.reply.mode
  if (mode === null) return fail('illegalTransition', 'reply.mode')
  // Until a unit has it the operator may still correct how the citizen is replied to, but never say it twice.
  if (record.state === stateAfter[mode]) return fail('illegalTransition', record.state)
  const { at, by } = context
  const edits = edit(record, [{ group: 'reply', value: command.reply }], context)
  return ok([...edits, { type: 'caseReplied', state: stateAfter[mode], at, by }])
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
      return ok(edit(record, command.edits, context))
    case 'case.reply':
      return reply(record, command, context)
    default:
      return assertNever(command)
  }
}

/** Applies one event; each event is one revision. */
export function applyCaseEvent(record: CaseRecord | null, caseId: string, event: CaseEvent): CaseRecord {
  if (event.type === 'caseOpened') {
    const { caseNo, callId, groups, at, by } = event
    const groupRevisions = { classification: 1, place: 1, caller: 1, content: 1, reply: 1 }
    return {
      caseId,
      caseNo,
      callId,
      groups,
      groupRevisions,
      state: 'accepted',
      openedAt: at,
      openedBy: by,
      late: [],
      revision: 1,
    }
  }
  if (record === null) throw new Error(`${event.type} before caseOpened`)
  const revision = record.revision + 1
  switch (event.type) {
    case 'groupEdited': {
      const { group, value } = event.edit
      const groups = { ...record.groups, [group]: value }
      return { ...record, groups, groupRevisions: { ...record.groupRevisions, [group]: revision }, revision }
    }
    case 'lateEditKept':
      return { ...record, late: [...record.late, { ...event.edit, by: event.by, at: event.at }], revision }
    case 'caseReplied':
      return { ...record, state: event.state, revision }
    default:
      return assertNever(event)
  }
}

/** Folds events into the case that they tell. */
export function foldCase(record: CaseRecord | null, caseId: string, events: readonly CaseEvent[]): CaseRecord | null {
  return events.reduce<CaseRecord | null>((current, event) => applyCaseEvent(current, caseId, event), record)
}

export const groupNames: readonly GroupName[] = ['classification', 'place', 'caller', 'content', 'reply']
