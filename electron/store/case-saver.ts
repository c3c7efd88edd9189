import type { CaseGroups, GroupValue } from '../../shared/case/case-record.ts'
import { formToGroups, missingFields, type CaseForm } from '../../shared/case/case-form.ts'
import { caseNumber, chinaDay } from '../../shared/case/case-number.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { groupNames } from '../../shared/case/decide.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { StoredCase } from './db/cases.ts'
import type { Drafts } from './db/drafts.ts'
import { nextOfDay } from './db/meta.ts'
import { showCase, type ReplicaTables } from './sync/replica.ts'

type SaveInput = { readonly caseId: string; readonly callId: string | null; readonly form: CaseForm }
type Author = { readonly staffNo: string; readonly session: string | null }

type Deps = { readonly tables: ReplicaTables; readonly drafts: Drafts; readonly ids: Ids; readonly now: () => number }

/**
 * Saves a form as a case: opens it with its reply, or edits what stands. Case, outbox and draft change in one
 * transaction; when this returns, they are on the disk.
 */
export function createCaseSaver({ tables, drafts, ids, now }: Deps) {
  const { db, meta, outbox, cases } = tables

  function add(body: Mutation['body'], author: Author, at: number): string {
    const id = ids.next()
    outbox.add({ id, at, author: author.staffNo, session: author.session, body }, at)
    return id
  }

  function open({ caseId, callId, form }: SaveInput, author: Author, at: number): string {
    const deskCode = must(meta.get('deskCode'), 'deskCode')
    const caseNo = caseNumber(at, deskCode, nextOfDay(meta, 'caseCounter', chinaDay(at)))
    const { groups, caller } = formToGroups(form, ids.next())
    cases.putCaller(caller)
    const command: CaseCommand = { type: 'case.open', caseId, caseNo, callId, groups }
    const opened = add({ kind: 'case', command, caller }, author, at)
    reply(caseId, { mutation: opened }, groups.reply, author, at)
    if (callId !== null) {
      add({ kind: 'call', fact: { callId, kind: 'settled', at, outcome: 'newCase', caseId } }, author, at)
    }
    return caseNo
  }

  function reply(caseId: string, base: Base, value: CaseGroups['reply'], author: Author, at: number): void {
    add({ kind: 'case', command: { type: 'case.reply', caseId, base, reply: value }, caller: null }, author, at)
  }

  function edit({ caseId, form }: SaveInput, stored: StoredCase, author: Author, at: number): void {
    const { record } = stored
    const last = outbox.pendingOfCase(caseId).at(-1)
    const base: Base = last ? { mutation: last.id } : { revision: record.revision }
    const known = cases.caller(record.groups.caller.callerId)
    const sameCaller = known !== null && known.name === form.callerName && known.phone === form.callerPhone
    // An identity is never overwritten: who it was before must stay provable.
    const callerId = sameCaller ? record.groups.caller.callerId : ids.next()
    const { groups, caller } = formToGroups(form, callerId)
    if (!sameCaller) cases.putCaller(caller)
    const newMode = groups.reply.mode !== record.groups.reply.mode
    const edits = groupNames
      .filter((group) => !(group === 'reply' && newMode))
      .map((group) => ({ group, value: groups[group] }) as GroupValue)
      .filter(({ group, value }) => JSON.stringify(value) !== JSON.stringify(record.groups[group]))
    let next = base
    if (edits.length > 0) {
      const command: CaseCommand = { type: 'case.edit', caseId, base, edits }
      next = { mutation: add({ kind: 'case', command, caller: sameCaller ? null : caller }, author, at) }
    }
    if (newMode) reply(caseId, next, groups.reply, author, at)
  }

  return (input: SaveInput, author: Author): Result<{ caseNo: string; savedAt: number }> => {
    const missing = missingFields(input.form)
    if (missing.length > 0) return fail('invalidInput', missing.map(({ field }) => field).join(', '))
    return db.transaction(() => {
      const at = now()
      const stored = cases.get(input.caseId)
      let caseNo: string
      if (stored === null) caseNo = open(input, author, at)
      else {
        caseNo = stored.record.caseNo
        edit(input, stored, author, at)
      }
      showCase(tables, input.caseId, stored?.events ?? [])
      drafts.markSaved(input.caseId, caseNo, input.form)
      return ok({ caseNo, savedAt: at })
    })()
  }
}
