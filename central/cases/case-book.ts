/**
 * The cases that a batch of commands touches: read at once, decided one command after the other by the same rules as
 * the desk's (shared/case), and written at once.
 */
import type { CallerIdentity, CaseEvent, CaseRecord, GroupName } from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { callersOf } from '../../shared/case/callers-of.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { seenOf } from '../../shared/case/history.ts'
import { eventWithoutCall } from '../../shared/case/secrecy.ts'
import { caseRulesOf, type HoldingTables } from '../../shared/tables/case-rules.ts'
import { must, ok, type Result } from '../../shared/errors.ts'
import type { Tx } from '../db/db.ts'
import type { FeedEntry } from '../feed/sql.ts'
import { calledBefore } from '../../shared/case/called-before.ts'
import type { Looker } from '../../shared/people/sees-reporter.ts'
import { numberKey } from '../../shared/phone-number.ts'
import { createCallerBook } from './caller-book.ts'
import { completenessOf } from './completeness.ts'
import { rulesOf } from './deadline-rules.ts'
import { createScopes, type Following } from './scopes.ts'
import { isBelieved, isKnownToKnow, namedCallers, namesStranger } from './named-callers.ts'
import { owe } from './owe.ts'
import { selectReporters } from './joined-sql.ts'
import { insteadOf, papersApart, withPapers } from './papers-apart.ts'
import { tellJoined } from './tell-joined.ts'
import * as cases from './sql.ts'

export type CaseInput = {
  readonly mutationId: string
  readonly at: number
  readonly by: string
  /** The author, where she is known to be who she says. */
  readonly known: Looker | null
  readonly command: CaseCommand
  readonly caller: CallerIdentity | null
}
/** What became of a command; `seenRevision` is what its author had certainly seen of others' work. */
export type CaseOutcome = {
  readonly status: 'applied' | 'refused' | 'quarantined'
  readonly code?: string
  readonly revision?: number
  readonly seenRevision?: number
}
/** The seen revision of an earlier mutation on this case by this store; null for one that is not known. */
export type FindSeen = (mutationId: string, caseId: string) => number | null

/** The store that sends, the team that its desk sits in, and central's time in ms. */
export type BookSender = { readonly storeId: string; readonly team: string | null; readonly now: number }
/** The area code of local numbers, and the particulars that lie with the caller (papers-apart.ts). */
export type DecidedBy = { readonly areaCode: string; readonly withCaller: ReadonlySet<string> }
/** A case that was not there before, as a desk is told of it: the JSON texts of its events, their bytes, and who called. */
export type WholeCase = {
  readonly texts: readonly string[]
  readonly bytes: number
  readonly callers: readonly CallerIdentity[]
}
/** The rows of the feed that tell what was written, and by id the cases that are known whole. */
export type Written = { readonly told: readonly FeedEntry[]; readonly whole: ReadonlyMap<string, WholeCase> }
export type CaseBook = {
  /** Decides one command upon what stands and what was decided before it. */
  apply(input: CaseInput, findSeen: FindSeen, by: DecidedBy): CaseOutcome
  /** Writes what was decided, numbers keyed under this area code, counted by these tables; the rows of the feed that tell it are the caller's to append, last. */
  write(by: { readonly areaCode: string; readonly tables: HoldingTables }): Promise<Written>
}

type Page = {
  stored: cases.StoredEvent[]
  record: CaseRecord | null
  /** How many of the events stand in the database. */
  readonly written: number
  readonly following: Following
}

/** What the author of a command had seen of others' work; of another history than stands here nothing (rule K3.5). */
function seenBy(base: Base, { stored }: Page, caseId: string, findSeen: FindSeen): number | null {
  if ('mutation' in base) return findSeen(base.mutation, caseId)
  return seenOf(
    base,
    stored.map(({ event }) => event),
  )
}

/**
 * Decides with the base of each group apart. What the command's own desk wrote last, its author knew; for
 * others' work only what stood at the root of the chain counts. Otherwise an edit of the place would make a
 * colleague's content, written meanwhile and never seen, look seen to the next edit (rule 6).
 */
function decide(
  { record, stored }: Page,
  input: CaseInput,
  { storeId, seen, hers }: { readonly storeId: string; readonly seen: number; readonly hers: ReadonlySet<string> },
): Result<CaseEvent[]> {
  const { command, at, by, mutationId: mutation } = input
  const believed = isBelieved({ stored }, input, storeId)
  const knowsReporter = record !== null && isKnownToKnow(record, input)
  const wroteCaller = believed && record !== null && stored[record.groupRevisions.caller - 1]?.event.by === by
  const context = (group: GroupName) => {
    const written = record?.groupRevisions[group] ?? 0
    const byOwnDesk = 'base' in command && 'mutation' in command.base && stored[written - 1]?.storeId === storeId
    return { at, by, mutation, baseRevision: byOwnDesk ? written : seen, knowsReporter, wroteCaller, believed }
  }
  if (record === null || !('base' in command))
    return decideCase(record, command, { at, by, mutation, baseRevision: 0, hers, believed })
  if (command.type === 'case.reply') return decideCase(record, command, context('reply'))
  if (command.type === 'case.settle') return decideCase(record, command, context(command.late.group))
  const events: CaseEvent[] = []
  for (const edit of command.edits) {
    const one = decideCase(record, { ...command, edits: [edit] }, context(edit.group))
    if (!one.ok) return one
    events.push(...one.value)
  }
  return ok(events)
}

/**
 * Opens the book of these commands, in the caller's transaction (role sanxin_desk). What went before is read of the cases
 * that stand, once their locks are had; whoever writes another one that stands by then meets its key (23505).
 */
export async function openCaseBook(
  sql: Tx,
  sender: BookSender,
  inputs: readonly CaseInput[],
  locked: Promise<{ readonly cases: ReadonlySet<string> }>,
): Promise<CaseBook> {
  const { storeId } = sender
  const caseIds = [...new Set(inputs.map(({ command }) => command.caseId))]
  const opening = inputs.flatMap(({ command }) => (command.type === 'case.open' ? [command.caseNo] : []))
  const readStanding = async () => {
    const standing = [...(await locked).cases]
    return Promise.all([cases.selectStoredOf(sql, standing), createScopes(sql, sender, caseIds, standing)])
  }
  const [numbers, [stored, scopes], callers] = await Promise.all([
    cases.selectNumbers(sql, opening),
    readStanding(),
    createCallerBook(
      sql,
      inputs.flatMap(({ command, caller }) => [
        ...namedCallers(command),
        ...(caller === null ? [] : [caller.callerId]),
      ]),
    ),
  ])
  const pages = new Map<string, Page>(
    caseIds.map((caseId) => {
      const events = stored.get(caseId) ?? []
      const record = foldCase(
        null,
        caseId,
        events.map(({ event }) => event),
      )
      return [caseId, { stored: events, record, written: events.length, following: scopes.of(caseId) }]
    }),
  )

  // What an older program does not know of a caller must be known here, or its correction would take it away.
  if (inputs.some(({ caller }) => caller !== null && caller.papers === undefined))
    await callers.read([...pages.values()].flatMap(({ record }) => record?.groups.caller.callerId ?? []))

  // With particulars something may come that lies with the caller.
  const pageOf = ({ command }: CaseInput) => pages.get(command.caseId)?.record?.groups.caller.callerId ?? []
  const bare = inputs.filter(
    ({ command, caller }) =>
      caller === null && command.type === 'case.edit' && command.edits.some(({ group }) => group === 'particulars'),
  )
  if (bare.length > 0) await callers.hold(bare.flatMap(pageOf))

  // Whether who calls is among those who called before.
  const called = inputs.flatMap(({ command }) => (command.type === 'case.call' ? [command.caseId] : []))
  const reporters = called.length === 0 ? new Set<string>() : await selectReporters(sql, called)
  if (called.length > 0)
    await callers.read(called.flatMap((caseId) => callersOf((stored.get(caseId) ?? []).map(({ event }) => event))))
  const hersAmong = (record: CaseRecord | null, { command, caller }: CaseInput, areaCode: string) => {
    const keyOf = (phone: string | undefined) => (phone ? numberKey(phone, areaCode) : '')
    const own = command.type === 'case.call' ? keyOf(caller?.phone) : ''
    return calledBefore(record, own, (id) => (reporters.has(id) ? '' : keyOf(callers.find(id)?.phone)))
  }

  function apply(sent: CaseInput, findSeen: FindSeen, { areaCode, withCaller }: DecidedBy): CaseOutcome {
    const { mutationId } = sent
    const { caseId } = sent.command
    const page = must(pages.get(caseId), 'a page for each case')
    const { record } = page
    const apart = papersApart(sent.command, withCaller)
    const { command } = apart
    const caller = withPapers(sent.caller, apart, record, callers.find)
    const input = { ...sent, command, caller }
    if (namesStranger(page, input, callers, storeId)) return { status: 'quarantined', code: 'strangeCaller' }
    if (command.type === 'case.open' && record === null && (numbers.get(command.caseNo) ?? caseId) !== caseId)
      return { status: 'quarantined', code: 'caseNoTaken' }
    // What was typed for a case that never came is kept for a person; a transition of it is refused.
    if ((command.type === 'case.edit' || command.type === 'case.call') && record === null)
      return { status: 'quarantined', code: 'unknownCase' }

    const seen = 'base' in command ? seenBy(command.base, page, caseId, findSeen) : record === null ? 1 : 0
    const seenRevision = seen ?? 0
    const unknownBase = seen === null && command.type === 'case.reply' && record !== null
    const decided = unknownBase
      ? ({ ok: false, error: { code: 'illegalTransition', detail: 'base' } } as const)
      : decide(page, input, { storeId, seen: seenRevision, hers: hersAmong(record, input, areaCode) })
    if (!decided.ok) {
      if (record !== null) page.following.enter()
      return { status: 'refused', code: decided.error.code, seenRevision }
    }
    const after = must(foldCase(record, caseId, decided.value), 'a decided case stands')
    page.record = after
    for (const event of decided.value) page.stored.push({ event, mutationId, storeId })
    if (command.type === 'case.open') {
      numbers.set(command.caseNo, caseId)
      page.following.open(after.openedAt)
    }
    const renamed = caller !== null && callers.put(caller, mutationId, insteadOf(command, record))
    page.following.enter()
    if (decided.value.length > 0 || renamed) page.following.change()
    return { status: 'applied', revision: after.revision, seenRevision }
  }

  /** What a pull would read of a new case; null where others have a say in it: who called besides, or who it is. */
  function wholeOf({ record, isNew, bytes }: cases.CaseRow, fresh: readonly cases.NewEvent[]): WholeCase | null {
    if (!isNew || record.life.calls.length > 0) return null
    const named = callersOf(fresh.map(({ event }) => event))
    const held = named.flatMap((id) => callers.held(id) ?? [])
    if (held.length < named.length) return null
    // Who reports something is known at the desk where it was written down, as is in which call: it goes to no other.
    const told = record.secret ? [] : held
    const textOf = ({ event, text }: cases.NewEvent) => (record.secret ? JSON.stringify(eventWithoutCall(event)) : text)
    const identities = told.map(({ callerId, name, phone, papers }) => ({ callerId, name, phone, papers }))
    return { texts: fresh.map(textOf), bytes, callers: identities }
  }

  async function write({ areaCode, tables }: Parameters<CaseBook['write']>[0]): Promise<Written> {
    const [rules, by] = [rulesOf(tables.bodies), caseRulesOf(tables)]
    const touched = [...pages.values()].filter(({ following }) => following.changed)
    await callers.read(touched.flatMap(({ record }) => record?.groups.caller.callerId ?? []))
    const freshOf = new Map(
      [...pages].map(([caseId, { stored: all, written }]) => [
        caseId,
        all.slice(written).map((one, index) => cases.newEvent(one, caseId, written + index + 1)),
      ]),
    )
    const fresh = [...freshOf.values()].flat()
    const standing = ({ stored: all, written }: Page) => all.slice(0, written).map(({ event }) => event)
    const changed = touched.flatMap((page) => {
      const { record, written, following } = page
      if (record === null) return []
      const complete = completenessOf(record, callers.find(record.groups.caller.callerId), by)
      const bytes = cases.weigh(standing(page), freshOf.get(record.caseId) ?? [])
      return [{ record, isNew: written === 0, complete, bytes, ...following.shift() }]
    })
    const facts = fresh.flatMap(({ caseId, event, mutationId, revision }) => {
      const record = pages.get(caseId)?.record ?? null
      // What a desk does gives no case to another unit.
      return record === null ? [] : [{ event, mutationId, revision, before: record, record }]
    })
    const [told] = await Promise.all([
      scopes.write(),
      cases.insertEvents(sql, fresh),
      cases.upsertCases(sql, changed, sender.now, rules),
      callers.write(areaCode),
      owe(sql, facts, rules, sender.now),
    ])
    const records = changed.map(({ record }) => record)
    const whole = changed.flatMap((row) => {
      const one = wholeOf(row, freshOf.get(row.record.caseId) ?? [])
      return one === null ? [] : [[row.record.caseId, one] as const]
    })
    return { told: [...told, ...(await tellJoined(sql, records, sender.now))], whole: new Map(whole) }
  }

  return { apply, write }
}
