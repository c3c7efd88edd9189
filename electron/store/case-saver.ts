import { formToGroups, missingFields, type CaseForm } from '../../shared/case/case-form.ts'
import { caseNumber } from '../../shared/case/case-number.ts'
import { chinaDay } from '../../shared/china-day.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { groupNames, type CaseGroups, type GroupName } from '../../shared/case/case-record.ts'
import { partsOfForm, sameParts } from '../../shared/case/form-parts.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { createAddMutation, type Author } from './add-mutation.ts'
import { basesOf, type Bases, type Drafts } from './db/drafts.ts'
import { nextOfDay } from './db/meta.ts'
import { readStanding, seenGroup, valueOf, type Standing } from './standing.ts'
import { project, showCase, type ReplicaTables } from './sync/replica.ts'

type SaveInput = { readonly caseId: string; readonly callId: string | null; readonly form: CaseForm }

type Deps = {
  readonly tables: ReplicaTables
  readonly drafts: Drafts
  readonly rules: () => CaseRules
  readonly ids: Ids
  readonly now: () => number
}

/**
 * Saves a form as a case: opens it with its reply, or edits what stands. Case, outbox and draft change in one
 * transaction; when this returns, they are on the disk.
 */
export function createCaseSaver({ tables, drafts, rules, ids, now }: Deps) {
  const { db, meta, outbox, cases } = tables
  const add = createAddMutation(outbox, ids)

  /** Answers the number of the case, and what its author has seen of it now. */
  function open({ caseId, callId, form }: SaveInput, author: Author, at: number): { caseNo: string; bases: Bases } {
    const deskCode = must(meta.get('deskCode'), 'deskCode')
    const caseNo = caseNumber(at, deskCode, nextOfDay(meta, 'caseCounter', chinaDay(at)))
    const { groups, caller } = formToGroups(form, ids.next())
    cases.putCaller(caller, true)
    const command: CaseCommand = { type: 'case.open', caseId, caseNo, callId, groups }
    const opened = add({ kind: 'case', command, caller }, author, at)
    const replied = reply(caseId, { mutation: opened.id }, groups.reply, author, at)
    // Nothing that was done to it before holds, or it would stand: it need not be read again to be shown.
    const opening = must(project([], caseId, [opened, replied]), 'an opened case')
    cases.put(opening, [], { own: true, told: null })
    if (callId !== null) {
      add({ kind: 'call', fact: { callId, kind: 'settled', at, outcome: 'newCase', caseId } }, author, at)
    }
    return { caseNo, bases: basesOf({ mutation: replied.id }) }
  }

  function reply(caseId: string, base: Base, value: CaseGroups['reply'], author: Author, at: number): Mutation {
    return add({ kind: 'case', command: { type: 'case.reply', caseId, base, reply: value }, caller: null }, author, at)
  }

  /**
   * Sends what the author changed of what she had seen, each group upon that: a colleague's change may have come
   * since, unseen. Where central did not take what she did, she goes by the case as it stands.
   */
  function edit({ caseId, form }: SaveInput, standing: Standing, author: Author, at: number): Bases {
    const { record } = standing
    const saved = drafts.savedWords(caseId)
    const seenOf = (group: GroupName) => seenGroup(standing, saved, group) ?? standing.groups[group]
    const bases = Object.fromEntries(groupNames.map((group) => [group, seenOf(group).base])) as Bases
    const changed = groupNames.filter((group) => !sameParts(partsOfForm(form, group), seenOf(group).parts))
    // An identity is never overwritten: who it was before must stay provable.
    const newCaller = changed.includes('caller')
    const { groups, caller } = formToGroups(form, newCaller ? ids.next() : record.groups.caller.callerId)
    if (newCaller) cases.putCaller(caller, true)
    const newMode = changed.includes('reply') && form.replyMode !== seenOf('reply').parts.replyMode
    const edited = changed.filter((group) => !(group === 'reply' && newMode))

    let after = bases
    for (const [key, those] of Map.groupBy(edited, (group) => JSON.stringify(bases[group]))) {
      const edits = those.map((group) => valueOf(groups, group))
      const command: CaseCommand = { type: 'case.edit', caseId, base: JSON.parse(key) as Base, edits }
      const { id } = add({ kind: 'case', command, caller: those.includes('caller') ? caller : null }, author, at)
      after = goneOn(after, key, id)
    }
    if (!newMode) return after
    return goneOn(after, JSON.stringify(after.reply), reply(caseId, after.reply, groups.reply, author, at).id)
  }

  /** What was seen along with a command goes upon that command from now on: central knows by it what its author saw. */
  function goneOn(bases: Bases, key: string, mutation: string): Bases {
    const next = groupNames.map((group) => [group, JSON.stringify(bases[group]) === key ? { mutation } : bases[group]])
    return Object.fromEntries(next) as Bases
  }

  return (input: SaveInput, author: Author): Result<{ caseNo: string; savedAt: number }> => {
    const missing = missingFields(input.form, rules())
    if (missing.length > 0) return fail('invalidInput', missing.map(({ field }) => field).join(', '))
    return db.transaction(() => {
      const at = now()
      const stored = cases.get(input.caseId)
      const standing = stored === null ? null : readStanding(tables, input.caseId)
      const { caseNo, bases } =
        standing === null
          ? open(input, author, at)
          : { caseNo: standing.record.caseNo, bases: edit(input, standing, author, at) }
      if (stored !== null) showCase(tables, input.caseId, stored.events)
      drafts.markSaved(input.caseId, caseNo, { form: input.form, bases })
      return ok({ caseNo, savedAt: at })
    })()
  }
}
