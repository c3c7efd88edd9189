import { emptyForm, groupsToForm, type CaseForm } from '../../shared/case/case-form.ts'
import { groupNames, type CallerIdentity, type CaseRecord, type GroupValue } from '../../shared/case/case-record.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Refused } from '../../shared/ipc.ts'
import type { Ids } from '../../shared/ports.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { Drafts } from './db/drafts.ts'
import type { RefusedMutation } from './db/outbox.ts'
import { seesCallerHere } from './shown-caller.ts'
import { editsOf, valueOf } from './standing.ts'
import { repairForm, sameStoredForm } from './stored-form.ts'
import { project, type ReplicaTables } from './sync/replica.ts'

type Deps = { readonly tables: ReplicaTables; readonly drafts: Drafts; readonly ids: Ids; readonly now: () => number }

/** One line of the list: what was refused first, and what was built upon it and refused with it; oldest first. */
type Entry = readonly [RefusedMutation, ...RefusedMutation[]]

/** All that a command says; another call about a case comes back as it was taken down. */
const wordsIn = (command: CaseCommand): readonly GroupValue[] =>
  command.type === 'case.call' ? groupNames.map((group) => valueOf(command.groups, group)) : editsOf(command)

const commandOf = ({ body }: Mutation): CaseCommand | null => (body.kind === 'case' ? body.command : null)

function entriesOf(refused: readonly RefusedMutation[]): Entry[] {
  const entries = new Map<string, [RefusedMutation, ...RefusedMutation[]]>()
  for (const one of refused) {
    const command = commandOf(one.mutation)
    const base = command !== null && 'base' in command && 'mutation' in command.base ? command.base.mutation : ''
    const entry = entries.get(base)
    entry?.push(one)
    entries.set(one.mutation.id, entry ?? [one])
  }
  return [...new Set(entries.values())].toReversed()
}

function layOver(form: CaseForm, { group, value }: GroupValue, caller: CallerIdentity | null): CaseForm {
  if (group === 'classification') return { ...form, kind: value.kind, classification: value.code }
  if (group === 'place') return { ...form, ...value }
  if (group === 'content') return { ...form, content: value.text }
  if (group === 'reply') return { ...form, replyMode: value.mode, reply: value.text, articles: value.articles }
  if (group === 'particulars') return { ...form, particulars: { ...value.values }, formVersion: value.version }
  if (caller === null) return form
  return { ...form, callerName: caller.name, callerPhone: caller.phone, papers: caller.papers ?? form.papers }
}

/** What is written now, with the words of a refused form added where they are not in it. */
function bothForms(written: CaseForm, refused: CaseForm): CaseForm {
  const both = (a: string, b: string) => (a.includes(b) ? a : b.includes(a) ? b : `${a}\n${b}`)
  return repairForm({
    ...written,
    content: both(written.content, refused.content),
    reply: both(written.reply, refused.reply),
    articles: written.articles.length > 0 ? written.articles : refused.articles,
    particulars: { ...refused.particulars, ...written.particulars },
    papers: { ...refused.papers, ...written.papers },
  })
}

/** Whose it was cannot be read either: it stands on everybody's list. */
const toUnreadable = ({ id, at }: { readonly id: string; readonly at: number }): Refused => ({
  ...{ id, at, status: 'quarantined', code: 'unreadable', what: 'unreadable' },
  ...{ caseNo: null, form: null, note: null },
})

const saysReport = ({ group, value }: GroupValue) => group === 'classification' && value.kind === 'report'

/**
 * What central did not take of the work of whoever reads it, and of those who can be its authors no more: shown with its
 * words, taken back among the reader's drafts, or dismissed.
 */
export function createRefusedList({ tables, drafts, ids, now }: Deps) {
  const { db, outbox, cases } = tables

  /** The case as this desk has it, or had it before central refused it. */
  function recordOf(caseId: string): CaseRecord | null {
    return cases.get(caseId)?.record ?? project([], caseId, outbox.ofCase(caseId))
  }

  function formBefore(command: CaseCommand, reader: string): CaseForm {
    const record = 'groups' in command ? null : recordOf(command.caseId)
    if (record === null) return emptyForm()
    return groupsToForm(record, seesCallerHere(record, reader) ? cases.caller(record.groups.caller.callerId) : null)
  }

  /** Whether whom these words name is for the reader: where the case or the entry is a report, not another's (S14.6). */
  function seesNamed({ author }: Mutation, command: CaseCommand, entry: Entry, reader: string): boolean {
    if (author === reader) return true
    const record = recordOf(command.caseId)
    const report = entry.some(({ mutation }) => {
      const said = commandOf(mutation)
      return said !== null && wordsIn(said).some(saysReport)
    })
    // Who called besides is for who took that call, and not for who opened the case.
    const openedBy = command.type === 'case.call' || record === null ? author : record.openedBy
    return seesCallerHere({ secret: report || record?.secret === true, openedBy }, reader)
  }

  function formOf(entry: Entry, reader: string): CaseForm | null {
    const first = commandOf(entry[0].mutation)
    if (first === null) return null
    let form = formBefore(first, reader)
    for (const { mutation } of entry) {
      if (mutation.body.kind !== 'case') continue
      for (const edit of wordsIn(mutation.body.command)) {
        if (edit.group === 'caller' && !seesNamed(mutation, mutation.body.command, entry, reader)) continue
        const named = edit.group === 'caller' ? cases.caller(edit.value.callerId) : null
        form = layOver(form, edit, mutation.body.caller ?? named)
      }
    }
    return repairForm(form)
  }

  function toRefused(entry: Entry, reader: string): Refused {
    const [{ mutation, status, code }] = entry
    const shown = { id: mutation.id, at: mutation.at, status, code, note: null }
    if (mutation.body.kind === 'kb') {
      const { note } = mutation.body
      const articleId = note.type === 'kb.wrong' ? note.articleId : null
      return { ...shown, what: note.type, caseNo: null, form: null, note: { articleId, words: note.words } }
    }
    const command = commandOf(mutation)
    if (command === null) return { ...shown, what: 'call', caseNo: null, form: null }
    const what = { ...shown, what: command.type }
    try {
      const caseNo = command.type === 'case.open' ? command.caseNo : (recordOf(command.caseId)?.caseNo ?? null)
      // A choice has no words of its own: what it was between stands in the case.
      return { ...what, caseNo, form: command.type === 'case.settle' ? null : formOf(entry, reader) }
    } catch {
      // An older program may have written it: an entry that shows no words must not take the list down.
      return { ...what, caseNo: null, form: null }
    }
  }

  const entries = (author: string) => entriesOf(outbox.refusedOf(author))
  const find = (id: string, author: string) => entries(author).find(([first]) => first.mutation.id === id)

  function deal(entry: Entry): void {
    outbox.deal(
      entry.map(({ mutation }) => mutation.id),
      now(),
    )
  }

  /** Puts the form among the author's drafts, beside what is there and never over it; answers the draft's case. */
  function putBack(command: CaseCommand, form: CaseForm, author: string, seesCall: boolean): string {
    const { caseId } = command
    // By the call in the list of calls whoever sits there would know whose it is.
    const callId = seesCall && 'callId' in command ? command.callId : null
    // A call that could not be joined to its case is a matter of its own again.
    if (command.type === 'case.call') {
      const draft = { caseId: ids.next(), callId, form, startedAt: now(), caseNo: null }
      drafts.add(draft, author, now())
      return draft.caseId
    }
    const stored = cases.get(caseId)?.record ?? null
    // Nobody writes over an identity that is not shown to her: beside another's report it is a case of its own.
    const record = stored !== null && seesCallerHere(stored, author) ? stored : null
    const there = drafts.find(caseId)
    const same =
      there !== null && there.author === author && sameStoredForm(JSON.stringify(there.form), JSON.stringify(form))
    if (same && record !== null) {
      drafts.markUnsaved(caseId)
      return caseId
    }
    // The operator went on writing: the words come beside hers, in the case that they belong to.
    if (record !== null && there !== null && there.author === author) {
      drafts.save({ caseId, callId: null, form: bothForms(there.form, form), startedAt: now() }, author, now())
      return caseId
    }
    // Central has no such case: a draft that passes for its saved state goes over into the new one.
    if (same) drafts.discard(caseId, author)
    const own = record !== null && there === null
    const draft = { caseId: own ? caseId : ids.next(), callId }
    drafts.add({ ...draft, form, startedAt: now(), caseNo: own ? record.caseNo : null }, author, now())
    return draft.caseId
  }

  return {
    count: (author: string): number => outbox.unreadable().length + entries(author).length,
    list: (author: string): Refused[] => [
      ...outbox.unreadable().map(toUnreadable),
      ...entries(author).map((entry) => toRefused(entry, author)),
    ],

    takeBack: (id: string, author: string): Result<{ caseId: string }> =>
      db.transaction((): Result<{ caseId: string }> => {
        const entry = find(id, author)
        const form = entry === undefined ? null : toRefused(entry, author).form
        if (entry === undefined || form === null) return fail('notFound', 'refused')
        const command = must(commandOf(entry[0].mutation), 'a form comes of a command')
        const caseId = putBack(command, form, author, seesNamed(entry[0].mutation, command, entry, author))
        deal(entry)
        return ok({ caseId })
      })(),

    dismiss: (id: string, author: string): Result<null> => {
      const entry = find(id, author)
      if (entry !== undefined) db.transaction(() => deal(entry))()
      else if (outbox.unreadable().some((one) => one.id === id)) outbox.deal([id], now())
      else return fail('notFound', 'refused')
      return ok(null)
    },
  }
}
