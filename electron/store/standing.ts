import {
  groupNames,
  wholeGroups,
  type CallerIdentity,
  type CaseEvent,
  type CaseRecord,
  type GroupName,
  type GroupValue,
  type OpenedGroups,
} from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { baseOf } from '../../shared/case/history.ts'
import { partsOfForm, partsOfValue, sameParts, type FormParts } from '../../shared/case/form-parts.ts'
import { must } from '../../shared/errors.ts'
import type { SavedWords, SeenGroup } from './db/drafts.ts'
import { projectEvents, type ReplicaTables } from './sync/replica.ts'

/** A group as it stands: its words, whose they are and since when, and what a command goes upon whose author saw them. */
export type StandingGroup = SeenGroup & { readonly by: string; readonly at: number }

/** A case as it stands on this desk: central's events with the pending commands after them. */
export type Standing = {
  readonly record: CaseRecord
  readonly groups: { readonly [G in GroupName]: StandingGroup }
  /** Whether these words of a group were said here, refused by central, and stand nowhere: nobody has seen them. */
  isRefused(group: GroupName, parts: FormParts): boolean
}

type FindCaller = (callerId: string) => CallerIdentity | null

/** The words of a group's value. */
export function wordsOf(edit: GroupValue, findCaller: FindCaller): FormParts {
  return partsOfValue(edit, edit.group === 'caller' ? findCaller(edit.value.callerId) : null)
}

export function valueOf(groups: OpenedGroups, group: GroupName): GroupValue {
  return { group, value: wholeGroups(groups)[group] } as GroupValue
}

/** Who wrote what came to stand by an event: of a late edit that was taken, its own author. */
function writerOf(events: readonly CaseEvent[], revision: number): { by: string; at: number } {
  const event = must(events[revision - 1], 'the event of a revision')
  if (event.type !== 'lateEditSettled') return { by: event.by, at: event.at }
  const { mutation, group } = event.late
  const isIt = (one: CaseEvent) => one.type === 'lateEditKept' && one.mutation === mutation && one.edit.group === group
  const { by, at } = events.find(isIt) ?? event
  return { by, at }
}

function toldBy(event: CaseEvent, group: GroupName): GroupValue | null {
  if (event.type === 'caseOpened') return valueOf(event.groups, group)
  const edit = event.type === 'groupEdited' || event.type === 'lateEditKept' ? event.edit : null
  return edit?.group === group ? edit : null
}

/** The values that a command writes, in its own words. */
export function editsOf(command: CaseCommand): readonly GroupValue[] {
  if (command.type === 'case.edit') return command.edits
  if (command.type === 'case.reply') return [{ group: 'reply', value: command.reply }]
  if (command.type === 'case.settle') return []
  // Those of another call about the case are its caller's, and write nothing over.
  if (command.type === 'case.call') return []
  return groupNames.map((group) => valueOf(command.groups, group))
}

/** Reads how a case stands; null where this desk does not have it. */
export function readStanding({ cases, outbox }: ReplicaTables, caseId: string): Standing | null {
  const stored = cases.get(caseId)
  if (stored === null) return null
  const pending = outbox.pendingOfCase(caseId)
  const { events, record } = projectEvents(stored.events, caseId, pending)
  if (record === null) return null
  const central = baseOf(stored.events)
  const last = pending.findLast(({ body }) => body.kind === 'case' && body.command.type !== 'case.call')

  const standing = (group: GroupName): StandingGroup => {
    const revision = record.groupRevisions[group]
    // What central has stands by its revision; what is still on its way, by one's own last word on the case.
    const base: Base = revision <= central.revision || last === undefined ? central : { mutation: last.id }
    const parts = wordsOf(valueOf(record.groups, group), cases.caller)
    return { group, parts, base, ...writerOf(events, revision) }
  }

  const groups = Object.fromEntries(groupNames.map((group) => [group, standing(group)])) as Standing['groups']
  const says = (edit: GroupValue | null, parts: FormParts) =>
    edit !== null && sameParts(wordsOf(edit, cases.caller), parts)
  const isTold = (group: GroupName, parts: FormParts) => events.some((event) => says(toldBy(event, group), parts))
  return {
    record: { ...record, callId: stored.record.callId },
    groups,
    isRefused: (group, parts) => {
      const refused = isTold(group, parts) ? [] : outbox.refusedOfCase(caseId)
      const edits = refused.flatMap(({ body }) => (body.kind === 'case' ? editsOf(body.command) : []))
      return edits.some((edit) => edit.group === group && says(edit, parts))
    },
  }
}

/** What the author of a draft has seen of a group; null where nothing of it is saved, or central did not take it. */
export function seenGroup(
  { groups, isRefused }: Standing,
  saved: SavedWords | null,
  group: GroupName,
): SeenGroup | null {
  if (saved === null) return null
  const parts = partsOfForm(saved.form, group)
  const base = saved.bases[group]
  const stands = groups[group]
  // What she saw of central stays what she saw when central was set back; where the same words stand, she saw these.
  if ('revision' in base) return sameParts(parts, stands.parts) ? stands : { group, parts, base }
  return isRefused(group, parts) ? null : { group, parts, base }
}
