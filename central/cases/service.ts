/** Cases as central decides them: the same rules as the desk's (shared/case), from what stands here. */
import type { CallerIdentity, CaseEvent, CaseRecord, GroupName } from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { must, ok, type Result } from '../../shared/errors.ts'
import { maskCaller } from '../../shared/people/mask-caller.ts'
import { may } from '../../shared/people/roles.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { appendFeed } from '../feed/sql.ts'
import type { Session } from '../http/access.ts'
import * as cases from './sql.ts'

export type CaseInput = {
  readonly mutationId: string
  readonly storeId: string
  readonly at: number
  readonly by: string
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
/** Finds the seen revision of an earlier mutation on this case; null for one that central does not know. */
export type FindSeen = (mutationId: string, caseId: string) => Promise<number | null>

async function seenBy(base: Base, caseId: string, findSeen: FindSeen): Promise<number | null> {
  return 'revision' in base ? base.revision : findSeen(base.mutation, caseId)
}

/**
 * Decides with the base of each group apart. What the command's own desk wrote last, its author knew; for
 * others' work only what stood at the root of the chain counts. Otherwise an edit of the place would make a
 * colleague's content, written meanwhile and never seen, look seen to the next edit (rule 6).
 */
function decide(
  record: CaseRecord | null,
  stored: readonly cases.StoredEvent[],
  input: CaseInput,
  seen: number,
): Result<CaseEvent[]> {
  const { command, at, by, storeId, mutationId: mutation } = input
  const context = (group: GroupName) => {
    const written = record?.groupRevisions[group] ?? 0
    const byOwnDesk = 'base' in command && 'mutation' in command.base && stored[written - 1]?.storeId === storeId
    return { at, by, mutation, baseRevision: byOwnDesk ? written : seen }
  }
  if (record === null || command.type === 'case.open')
    return decideCase(record, command, { at, by, mutation, baseRevision: 0 })
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

/** The caller must be the one that the command or the case names: no command writes into a stranger's identity. */
function namesCaller(record: CaseRecord | null, { command, caller }: CaseInput): boolean {
  if (caller === null) return true
  const named = [record?.groups.caller.callerId]
  if (command.type === 'case.open') named.push(command.groups.caller.callerId)
  if (command.type === 'case.edit') {
    for (const edit of command.edits) if (edit.group === 'caller') named.push(edit.value.callerId)
  }
  return named.includes(caller.callerId)
}

async function tellDesks(sql: Tx, caseId: string, storeId: string, changed: boolean): Promise<void> {
  const entered = await cases.insertScope(sql, caseId, storeId)
  const stores = changed ? await cases.selectScopes(sql, caseId) : entered ? [storeId] : []
  await appendFeed(
    sql,
    stores.map((store) => ({ kind: 'case', ref: caseId, storeId: store })),
  )
}

/** Applies one command to its case, in the caller's transaction (role sanxin_desk); others of the case wait. */
export async function applyCaseCommand(sql: Tx, input: CaseInput, findSeen: FindSeen): Promise<CaseOutcome> {
  const { command, mutationId, storeId, caller } = input
  const { caseId } = command
  await lockName(sql, `case:${caseId}`)
  const stored = await cases.selectEvents(sql, caseId)
  const before = stored.map(({ event }) => event)
  const record = foldCase(null, caseId, before)

  if (!namesCaller(record, input)) return { status: 'quarantined', code: 'strangeCaller' }
  if (command.type === 'case.open' && record === null && (await cases.caseNoIsTaken(sql, command.caseNo, caseId))) {
    return { status: 'quarantined', code: 'caseNoTaken' }
  }
  // What was typed for a case that never came is kept for a person; a transition of it is refused.
  if (command.type === 'case.edit' && record === null) return { status: 'quarantined', code: 'unknownCase' }

  const seen = 'base' in command ? await seenBy(command.base, caseId, findSeen) : record === null ? 1 : 0
  const unknownBase = seen === null && command.type === 'case.reply' && record !== null
  const decided = unknownBase
    ? ({ ok: false, error: { code: 'illegalTransition', detail: 'base' } } as const)
    : decide(record, stored, input, seen ?? 0)

  if (!decided.ok) {
    if (record !== null) await tellDesks(sql, caseId, storeId, false)
    return { status: 'refused', code: decided.error.code, seenRevision: seen ?? 0 }
  }
  const after = must(foldCase(record, caseId, decided.value), 'a decided case stands')
  if (decided.value.length > 0) {
    await cases.insertEvents(sql, { caseId, mutationId, storeId }, before.length, decided.value)
    await cases.upsertCase(sql, after, Buffer.byteLength(JSON.stringify([...before, ...decided.value])))
  }
  const renamed = caller !== null && (await cases.upsertCaller(sql, caller, numberKey(caller.phone), mutationId))
  await tellDesks(sql, caseId, storeId, decided.value.length > 0 || renamed)
  return { status: 'applied', revision: after.revision, seenRevision: seen ?? 0 }
}

/** Who reads: the row-level policies know what of it is theirs to see. */
export type Reader = Pick<Session, 'staffNo' | 'role' | 'storeId' | 'unit'>

export type CaseDeps = { readonly db: Db; readonly clock: Clock }

export type CaseWithCaller = { readonly record: CaseRecord; readonly caller: CallerIdentity | null }

/**
 * The case as it stands centrally with its caller, masked where the reader need not know; null where there is none
 * to see. Who looked is recorded, also in vain.
 */
export async function readCase(
  { db, clock }: CaseDeps,
  caseId: string,
  reader: Reader,
): Promise<CaseWithCaller | null> {
  const read = async (sql: Tx) => {
    const stored = await cases.selectEvents(sql, caseId)
    const record = foldCase(
      null,
      caseId,
      stored.map(({ event }) => event),
    )
    if (record === null) return null
    const [caller] = await cases.selectCallers(sql, [record.groups.caller.callerId])
    if (caller === undefined) return { record, caller: null }
    return { record, caller: may(reader.role, 'callers.whole') ? caller : maskCaller(caller) }
  }
  const readAndRecord = async (sql: Tx) => {
    const found = await read(sql)
    const { staffNo: actor, storeId: place } = reader
    const detail = { found: found !== null }
    await appendAudit(sql, { at: clock.now(), actor, place, action: 'case.read', object: caseId, detail })
    return found
  }
  return db.tx('sanxin_reader', readAndRecord, reader)
}

const NEWEST = 20
const CUT_CHARS = 80

/** The newest 20 cases of a number in any spelling, contents cut at 80 characters. */
export async function casesOfCaller({ db, clock }: CaseDeps, phone: string, reader: Reader): Promise<CaseSummary[]> {
  const phoneKey = numberKey(phone)
  if (phoneKey === '') return []
  const read = async (sql: Tx) => {
    const found = await cases.selectOfCaller(sql, phoneKey, NEWEST, CUT_CHARS)
    const { staffNo: actor, storeId: place } = reader
    const detail = { found: found.length }
    await appendAudit(sql, { at: clock.now(), actor, place, action: 'cases.ofCaller', phoneKey, detail })
    return found
  }
  return db.tx('sanxin_reader', read, reader)
}
