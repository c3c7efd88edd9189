import type { Database } from 'better-sqlite3'
import { callersOf } from '../../../shared/case/callers-of.ts'
import { foldCase } from '../../../shared/case/decide.ts'
import { must } from '../../../shared/errors.ts'
import type { CallerIdentity, CaseEvent, CaseRecord } from '../../../shared/case/case-record.ts'
import { owedStates } from '../../../shared/case/case-step.ts'
import type { Values } from '../../../shared/case/particulars.ts'
import { numberKey } from '../../../shared/phone-number.ts'

/** A case as this desk knows it: central's events, and the record that they and pending commands fold to. */
export type StoredCase = { readonly events: readonly CaseEvent[]; readonly record: CaseRecord }

export type NewestPlace = { readonly openedAt: number; readonly caseId: string }
/** A case with the key of its caller's number; null where she has none. */
export type NumberedCase = StoredCase & { readonly phoneKey: string | null }

/**
 * How central told of a case: when, in ms of its clock; which identities it brought with it, by their ids (any other is
 * secret there), which are written down; the JSON of its events in UTF-8, where it came so that it can be kept; and
 * whether anything at all waits here for central, of this case or another.
 */
export type Told = {
  readonly at: number
  readonly callers: ReadonlyMap<string, CallerIdentity>
  readonly bytes: Uint8Array | undefined
  readonly waits: boolean
}

/**
 * `own`: commands of this desk made more of it than its events fold to; `told` is null where this desk itself did
 * something.
 */
export type Putting = { readonly own: boolean; readonly told: Told | null }

export type Cases = {
  get(caseId: string): StoredCase | null
  put(record: CaseRecord, events: readonly CaseEvent[], how: Putting): void
  /** A pending command that did not hold leaves nothing to show. */
  remove(caseId: string): void
  /** The desk begins to pull from the start: what central does not bring again is not in its scope any more. */
  beginAnew(): void
  /** Those that central did not bring, while no word of this desk hangs on them. */
  stale(): string[]
  /**
   * Those whose last event is from before `than`, and that were not brought since, without a draft, without anything in
   * the outbox, and without a late edit to be settled.
   */
  old(than: number, limit: number): string[]
  /** Whom a case names, or named once: an identity that central did not take is among them. */
  named(caseId: string): string[]
  /** Lets go of all identities that no case here names and nothing in the outbox brings. */
  removeUnnamed(): void
  /** Lets go of those identities that no case here names (any more). */
  removeCallers(callerIds: readonly string[]): void
  /** Whether a draft or something that central has not taken hangs on it. */
  isHeld(caseId: string): boolean
  ofPhone(phone: string, limit: number): CaseRecord[]
  /** The newest case that was opened in a call; null where there is none, or none that can be read. */
  ofCall(callId: string): CaseRecord | null
  /** The key of a number, as cases are found by it. */
  keyOf(phone: string): string
  /** Keys all numbers anew, under another area code. */
  rekey(areaCode: string): void
  /** Those after a place in their order, the newest first; from the newest on where it is null. */
  newestAfter(place: NewestPlace | null, limit: number): NumberedCase[]
  /** The cases in which an edit came late and is not settled. */
  withLate(): CaseRecord[]
  /** The articles that the replies of the newest cases of a class quote, the most quoted first. */
  quotedIn(code: string): { readonly id: string; readonly times: number }[]
  /** Those whose citizens still wait for a reply. */
  countOwed(): number
  caller(callerId: string): CallerIdentity | null
  /** `own`: written down at this desk. */
  putCaller(caller: CallerIdentity, own: boolean): void
  /** Lets go of identities that central brought with this case and no longer does, unless it brings them with another. */
  removeBroughtCallers(caseId: string, callerIds: readonly string[]): void
}

/** Whom a case names, each once: central's events, and what this desk made of it besides. */
function namedBy({ groups, life }: CaseRecord, events: readonly CaseEvent[]): ReadonlySet<string> {
  return new Set([...callersOf(events), ...life.calls.map(({ callerId }) => callerId), groups.caller.callerId])
}

/** How many articles of those that replies quote are told of. */
const MOST_QUOTED = 6

function mostQuoted(records: readonly CaseRecord[]): { readonly id: string; readonly times: number }[] {
  const times = new Map<string, number>()
  for (const { groups } of records) for (const { id } of groups.reply.articles) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times]
    .map(([id, count]) => ({ id, times: count }))
    .toSorted((a, b) => b.times - a.times || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_QUOTED)
}

type Row = {
  readonly case_id: string
  readonly events: string
  readonly record: string | null
  readonly call_id: string | null
}
const COLUMNS = 'case_id, events, record, call_id'
/** What a list leaves out, for a damaged row must not take the others along. */
const READABLE = `(json_valid(events) AND iif(record IS NULL, events <> '[]', json_valid(record)))`

/** A record is stored only where it is more than its events tell. */
function readRecord({ case_id, record }: Row, told: readonly CaseEvent[]): CaseRecord {
  if (record !== null) return JSON.parse(record) as CaseRecord
  return must(foldCase(null, case_id, told), 'a case that its events tell')
}

/** In which call a report was is known here alone, where it was taken: central tells it nobody (K10.4). */
function readCase(row: Row): StoredCase {
  const events = JSON.parse(row.events) as CaseEvent[]
  const record = readRecord(row, events)
  return { events, record: record.callId === row.call_id ? record : { ...record, callId: row.call_id } }
}

/** `areaCode` is that of local numbers, here and now. */
export function createCases(db: Database, areaCode: () => string): Cases {
  const get = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM cases WHERE case_id = ?`)
  const newestOf = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM (SELECT ${COLUMNS}, code FROM cases ORDER BY opened_at DESC LIMIT 1000) WHERE code = ? AND ${READABLE}`,
  )
  // Of a first load each is new. Bound by place: to look up each name takes as long as an index.
  const insert = db.prepare(
    `INSERT INTO cases (events, record, case_no, call_id, caller_id, state, code, late, phone_key, opened_at, brought_at, case_id)
     VALUES (CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id) DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE cases SET events = CAST(? AS TEXT), record = ?, case_no = ?,
       call_id = coalesce(?, own_call), caller_id = ?, state = ?, code = ?, late = ?,
       phone_key = ?, opened_at = ?, brought_at = coalesce(?, brought_at), fresh = max(fresh, ?)
     WHERE case_id = ?`,
  )
  const noteOwnCall = db.prepare<[string]>('UPDATE cases SET own_call = call_id WHERE case_id = ?')
  const remove = db.prepare<[string]>('DELETE FROM cases WHERE case_id = ?')
  const held = `(EXISTS (SELECT 1 FROM drafts d WHERE d.case_id = cases.case_id)
     OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = cases.case_id AND o.state <> 'applied' AND o.dealt_at IS NULL))`
  const beginAnew = db.prepare('UPDATE cases SET fresh = 0')
  const stale = db.prepare<[], { case_id: string }>(`SELECT case_id FROM cases WHERE fresh = 0 AND NOT ${held}`)
  const old = db.prepare<[number, number], { case_id: string }>(
    `SELECT case_id FROM cases
     WHERE max(opened_at, brought_at, iif(json_valid(events), coalesce(json_extract(events, '$[#-1].at'), 0), 0)) < ?
       AND late = 0
       AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.case_id = cases.case_id)
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = cases.case_id) LIMIT ?`,
  )
  const removeCaller = db.prepare<[string]>(
    `DELETE FROM callers WHERE caller_id = ? AND NOT EXISTS
       (SELECT 1 FROM case_callers k WHERE k.caller_id = callers.caller_id AND (k.told = 1 OR callers.own = 1))`,
  )
  const namedIn = db.prepare<[string], string>('SELECT caller_id FROM case_callers WHERE case_id = ?').pluck()
  const removeUnnamed = db.prepare(
    `DELETE FROM callers WHERE NOT EXISTS (SELECT 1 FROM case_callers k WHERE k.caller_id = callers.caller_id)
       AND caller_id NOT IN (
         SELECT mutation ->> '$.body.caller.callerId' FROM outbox
         WHERE json_valid(mutation) AND mutation ->> '$.body.caller.callerId' IS NOT NULL)`,
  )
  const removeBrought = db.prepare<[string, string]>(
    `DELETE FROM callers WHERE caller_id = ? AND own = 0 AND NOT EXISTS
       (SELECT 1 FROM case_callers k WHERE k.caller_id = callers.caller_id AND k.case_id <> ? AND k.told = 1)`,
  )
  const nameCaller = db.prepare<[string, string]>(
    'INSERT INTO case_callers (caller_id, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const noteTold = db.prepare<[string, string]>(
    `UPDATE case_callers SET told = 1 - told
     WHERE case_id = ? AND told <> (instr(?, '"' || caller_id || '"') > 0)`,
  )
  const isHeld = db.prepare<[string], { n: number }>(`SELECT ${held} AS n FROM cases WHERE case_id = ?`)
  const ofPhone = db.prepare<[string, number], Row>(
    `SELECT ${COLUMNS} FROM cases WHERE phone_key = ? AND ${READABLE} ORDER BY opened_at DESC LIMIT ?`,
  )
  const ofCall = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM cases WHERE call_id = ? AND ${READABLE} ORDER BY opened_at DESC LIMIT 1`,
  )
  const newestAfter = db.prepare<[number, string, number], Row & { phone_key: string | null }>(
    `SELECT ${COLUMNS}, phone_key FROM cases WHERE (opened_at, case_id) < (?, ?) AND ${READABLE}
     ORDER BY opened_at DESC, case_id DESC LIMIT ?`,
  )
  const withLate = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM cases WHERE late > 0 AND ${READABLE}`)
  const owed = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM cases WHERE state IN (SELECT value FROM json_each(?))`,
  )
  const caller = db.prepare<[string], { caller_id: string; name: string; phone: string; papers: string }>(
    'SELECT * FROM callers WHERE caller_id = ?',
  )
  const phoneOf = db.prepare<[string], string>('SELECT phone FROM callers WHERE caller_id = ?').pluck()
  const putCaller = db.prepare(
    `INSERT INTO callers (caller_id, name, phone, papers, own) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (caller_id) DO UPDATE SET name = excluded.name, phone = excluded.phone, papers = excluded.papers, own = max(own, excluded.own)`,
  )
  const numbers = db.prepare<[], { caseId: string; phone: string }>(
    `SELECT case_id AS caseId, phone FROM cases JOIN callers USING (caller_id) WHERE phone <> ''`,
  )
  const setKey = db.prepare<[string, string]>('UPDATE cases SET phone_key = ? WHERE case_id = ?')
  const readCaller = (callerId: string): CallerIdentity | null => {
    const row = caller.get(callerId)
    if (row === undefined) return null
    const papers = JSON.parse(row.papers) as Values
    return { callerId: row.caller_id, name: row.name, phone: row.phone, papers: { ...papers } }
  }
  return {
    get: (caseId) => {
      const stored = get.get(caseId)
      return stored === undefined ? null : readCase(stored)
    },
    put: (record, events, { own, told }) => {
      const { caseId, caseNo, callId, openedAt, state, late, groups } = record
      const { callerId } = groups.caller
      const phone = told?.callers.get(callerId)?.phone ?? phoneOf.get(callerId)
      const stored = [told?.bytes ?? JSON.stringify(events), own ? JSON.stringify(record) : null]
      const foundBy = [caseNo, callId, callerId, state, groups.classification.code, late.length]
      const placed = [phone ? numberKey(phone, areaCode()) : null, openedAt]
      const isNew = insert.run(...stored, ...foundBy, ...placed, told?.at ?? 0, caseId).changes > 0
      if (!isNew) update.run(...stored, ...foundBy, ...placed, told?.at ?? null, Number(told !== null), caseId)
      // Opened here, in a call that was taken here.
      if (isNew && events.length === 0 && callId !== null) noteOwnCall.run(caseId)
      const named = namedBy(record, events)
      for (const one of named) nameCaller.run(one, caseId)
      // Nearly every case comes with all whom it names, as they are written down.
      if (told === null || (isNew && [...named].every((one) => told.callers.has(one)))) return
      noteTold.run(caseId, JSON.stringify([...told.callers.keys()]))
    },
    remove: (caseId) => void remove.run(caseId),
    beginAnew: () => void beginAnew.run(),
    stale: () => stale.all().map(({ case_id }) => case_id),
    old: (than, limit) => old.all(than, limit).map(({ case_id }) => case_id),
    named: (caseId) => namedIn.all(caseId),
    removeUnnamed: () => void removeUnnamed.run(),
    removeCallers: (callerIds) => callerIds.forEach((callerId) => removeCaller.run(callerId)),
    isHeld: (caseId) => isHeld.get(caseId)?.n === 1,
    ofPhone: (phone, limit) =>
      ofPhone.all(numberKey(phone, areaCode()), limit).map((stored) => readCase(stored).record),
    ofCall: (callId) => {
      const stored = ofCall.get(callId)
      return stored === undefined ? null : readCase(stored).record
    },
    rekey: (to) => {
      for (const { caseId, phone } of numbers.all()) setKey.run(numberKey(phone, to), caseId)
    },
    keyOf: (phone) => numberKey(phone, areaCode()),
    newestAfter: (place, limit) =>
      newestAfter
        .all(place?.openedAt ?? Number.MAX_SAFE_INTEGER, place?.caseId ?? '', limit)
        .map((stored) => ({ ...readCase(stored), phoneKey: stored.phone_key })),
    withLate: () => withLate.all().map((stored) => readCase(stored).record),
    quotedIn: (code) => mostQuoted(newestOf.all(code).map((stored) => readCase(stored).record)),
    countOwed: () => owed.get(JSON.stringify(owedStates))?.n ?? 0,
    caller: readCaller,
    putCaller: ({ callerId, name, phone, papers = {} }, own) =>
      void putCaller.run(callerId, name, phone, JSON.stringify(papers), Number(own)),
    removeBroughtCallers: (caseId, callerIds) => callerIds.forEach((callerId) => removeBrought.run(callerId, caseId)),
  }
}
