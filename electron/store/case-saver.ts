import type { CaseGroups, GroupValue } from '../../shared/case/case-record.ts'
import { formToGroups, groupsToForm, missingFields, type CaseForm } from '../../shared/case/case-form.ts'
import { caseNumber, chinaDay } from '../../shared/case/case-number.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { groupNames } from '../../shared/case/decide.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { StoredCase } from './db/cases.ts'
import type { Drafts } from './db/drafts.ts'
import { nextOfDay } from './db/meta.ts'
import { project, showCase, type ReplicaTables } from './sync/replica.ts'

type SaveInput = { readonly caseId: string; readonly callId: string | null; readonly form: CaseForm }
type Author = { readonly staffNo: string; readonly session: string | null }

type Deps = { readonly tables: ReplicaTables; readonly drafts: Drafts; readonly ids: Ids; readonly now: () => number }

/**
 * Saves a form as a case: opens it with its reply, or edits what stands. Case, outbox and draft change in one
 * transaction; when this returns, they are on the disk.
 */
export function createCaseSaver({ tables, drafts, ids, now }: Deps) {
  const { db, meta, outbox, cases } = tables

  function add(body: Mutation['body'], author: Author, at: number): Mutation {
    const mutation = { id: ids.next(), at, author: author.staffNo, session: author.session, body }
    outbox.add(mutation, at)
    return mutation
  }

  /** Answers the number of the case and the last mutation of the save. */
  function open({ caseId, callId, form }: SaveInput, author: Author, at: number) {
    const deskCode = must(meta.get('deskCode'), 'deskCode')
    const caseNo = caseNumber(at, deskCode, nextOfDay(meta, 'caseCounter', chinaDay(at)))
    const { groups, caller } = formToGroups(form, ids.next())
    cases.putCaller(caller)
    const command: CaseCommand = { type: 'case.open', caseId, caseNo, callId, groups }
    const opened = add({ kind: 'case', command, caller }, author, at)
    const replied = reply(caseId, { mutation: opened.id }, groups.reply, author, at)
    // Nothing that was done to it before holds, or it would stand: it need not be read again to be shown.
    cases.put(must(project([], caseId, [opened, replied]), 'an opened case'), [])
    if (callId !== null) {
      add({ kind: 'call', fact: { callId, kind: 'settled', at, outcome: 'newCase', caseId } }, author, at)
    }
    return { caseNo, base: replied.id }
  }

  function reply(caseId: string, base: Base, value: CaseGroups['reply'], author: Author, at: number): Mutation {
    return add({ kind: 'case', command: { type: 'case.reply', caseId, base, reply: value }, caller: null }, author, at)
  }

  /**
   * What the author has before her and what she has seen of the case: the words of her last save, upon which a
   * colleague's change may have come since, unseen. Where central did not take what she did, the case as it stands.
   */
  function seen(caseId: string, { record }: StoredCase): { form: CaseForm; base: Base } {
    const saved = outbox.wasRefused(caseId) ? null : drafts.savedWords(caseId)
    if (saved !== null) return { form: saved.form, base: { mutation: saved.base } }
    const last = outbox.pendingOfCase(caseId).at(-1)
    const form = groupsToForm(record, cases.caller(record.groups.caller.callerId))
    return { form, base: last ? { mutation: last.id } : { revision: record.revision } }
  }

  /** Sends what the author changed; answers the last mutation of it, null where she changed nothing. */
  function edit({ caseId, form }: SaveInput, stored: StoredCase, author: Author, at: number): string | null {
    const { record } = stored
    const { form: before, base } = seen(caseId, stored)
    const sameCaller = before.callerName === form.callerName && before.callerPhone === form.callerPhone
    // An identity is never overwritten: who it was before must stay provable.
    const callerId = sameCaller ? record.groups.caller.callerId : ids.next()
    const { groups, caller } = formToGroups(form, callerId)
    if (!sameCaller) cases.putCaller(caller)
    const old = formToGroups(before, record.groups.caller.callerId).groups
    const newMode = groups.reply.mode !== old.reply.mode
    const edits = groupNames
      .filter((group) => !(group === 'reply' && newMode))
      .map((group) => ({ group, value: groups[group] }) as GroupValue)
      .filter(({ group, value }) => JSON.stringify(value) !== JSON.stringify(old[group]))
    let last: string | null = null
    if (edits.length > 0) {
      const command: CaseCommand = { type: 'case.edit', caseId, base, edits }
      last = add({ kind: 'case', command, caller: sameCaller ? null : caller }, author, at).id
    }
    if (newMode) last = reply(caseId, last === null ? base : { mutation: last }, groups.reply, author, at).id
    showCase(tables, caseId, stored.events)
    return last
  }

  return (input: SaveInput, author: Author): Result<{ caseNo: string; savedAt: number }> => {
    const missing = missingFields(input.form)
    if (missing.length > 0) return fail('invalidInput', missing.map(({ field }) => field).join(', '))
    return db.transaction(() => {
      const at = now()
      const stored = cases.get(input.caseId)
      const { caseNo, base } =
        stored === null
          ? open(input, author, at)
          : { caseNo: stored.record.caseNo, base: edit(input, stored, author, at) }
      drafts.markSaved(input.caseId, caseNo, { form: input.form, base })
      return ok({ caseNo, savedAt: at })
    })()
  }
}
