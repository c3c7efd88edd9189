/**
 * A batch of mutations in one transaction: each is known already, decided, or set aside; each is answered, except one
 * that is too early to answer.
 */
import { mutationKind } from '../../shared/sync/mutation-kind.ts'
import type { Mutation, MutationAnswer } from '../../shared/sync/protocol.ts'
import { appendAudit } from '../audit/sql.ts'
import { addCallFacts } from '../calls/service.ts'
import type { NewFact } from '../calls/sql.ts'
import { openCaseBook, type CaseInput, type CaseOutcome } from '../cases/case-book.ts'
import { idsWithCaller } from '../cases/papers-apart.ts'
import { Overtaken } from '../db/begin-anew.ts'
import type { Looker } from '../../shared/people/sees-reporter.ts'
import type { Tx } from '../db/db.ts'
import { appendFeed, type NewRow } from '../feed/sql.ts'
import { addNotes, auditNotes, refusalOf, selectArticlesOf, type NewNote } from '../kb/notes.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { isOfTelephone, judgeAuthor, knownAuthor, readAuthors, type Judged } from './authors.ts'
import { RETURN_MS, selectKnown } from './epoch.ts'
import { justWritten, wholeLast, type JustWritten } from './just-written.ts'
import * as log from './sql.ts'
import { auditUnproved, toldOf } from './unproved.ts'

/** The device that sends, the store that it sends for, and the team that it sits with. */
export type Sender = { readonly deviceId: string; readonly storeId: string; readonly team: string | null }

export type RawMutation = { readonly id: string }
/** What came: as it was sent, and as the contract reads it; `strange` says why there is no reading. */
export type Sent = { readonly id: string; readonly raw: RawMutation } & (
  | { readonly mutation: Mutation }
  | { readonly mutation: null; readonly strange: string }
)

/** What the desk knew when it sent: the epoch and how far it had pulled, and the last mutation that it knows to be taken. */
export type Claim = { readonly epoch: string | null; readonly cursor: number; readonly last: string | null }

/**
 * `last` is the newest mutation taken of this store. Where it is not the one that was claimed the request was not in
 * turn, and nothing of it was looked at: the desk must know that one first, for only a copy of its file does not.
 * `rows` stand in the feed by it.
 */
export type Taken = {
  readonly epoch: string
  readonly inTurn: boolean
  readonly answers: readonly MutationAnswer[]
  readonly last: string | null
  /** What the answer need not read. */
  readonly written: JustWritten | null
  readonly rows: readonly NewRow[]
}

type Entry = { readonly one: Sent; readonly outcome: CaseOutcome; readonly row: log.MutationRow }

const casesOf = ({ mutation }: Sent) => (mutation?.body.kind === 'case' ? [mutation.body.command.caseId] : [])
const callsOf = ({ mutation }: Sent) => (mutation?.body.kind === 'call' ? [mutation.body.fact.callId] : [])

function toCaseInput({ id, mutation }: Sent, known: Looker | null = null): CaseInput[] {
  if (mutation === null || mutation.body.kind !== 'case') return []
  const { at, author, body } = mutation
  return [{ mutationId: id, at, by: author, known, command: body.command, caller: body.caller }]
}

function basesOf({ mutation }: Sent): string[] {
  if (mutation === null || mutation.body.kind !== 'case') return []
  const { command } = mutation.body
  return 'base' in command && 'mutation' in command.base ? [command.base.mutation.toLowerCase()] : []
}

/**
 * Whether a command on a case that does not stand here is too early: after a restore the desk that has the case
 * may still bring it back. One whose base is known here and led to nothing waits in vain.
 */
function isTooEarly({ mutation }: Sent, { code }: CaseOutcome, isKnown: (id: string) => boolean, sinceEpoch: number) {
  if (mutation === null || mutation.body.kind !== 'case' || mutation.body.command.type === 'case.open') return false
  if (code !== 'unknownCase' && code !== 'notFound') return false
  const { command } = mutation.body
  if ('base' in command && 'mutation' in command.base && isKnown(command.base.mutation.toLowerCase())) return false
  return sinceEpoch < RETURN_MS
}

function rowOf({ id, mutation }: Sent, outcome: CaseOutcome, sessionChecked: boolean): log.MutationRow {
  const body = mutation?.body ?? null
  return {
    id,
    author: mutation?.author ?? null,
    sessionId: mutation?.session ?? null,
    sessionChecked,
    at: mutation?.at ?? null,
    kind: mutation === null ? null : mutationKind(mutation),
    caseId: body?.kind === 'case' ? body.command.caseId : null,
    status: outcome.status,
    code: outcome.code ?? null,
    revision: outcome.revision ?? null,
    seenRevision: outcome.seenRevision ?? null,
  }
}

function rawText({ id, raw }: Sent): string {
  try {
    return JSON.stringify(raw)
  } catch {
    return JSON.stringify({ id, unprintable: true })
  }
}

const answerOf = (id: string, { status, code, revision }: log.Earlier): MutationAnswer => ({
  id,
  status,
  ...(code === null ? {} : { code }),
  ...(revision === null ? {} : { revision }),
})

/** Central's time in ms, and where the tables that hold are read. */
export type Moment = { readonly now: number; readonly tables: RuleBook }

/** What a batch is decided upon: read at once, behind the locks of what it is about. */
async function readGround(sql: Tx, sender: Sender, batch: readonly Sent[], claim: Claim, { now, tables }: Moment) {
  const caseIds = new Set(batch.flatMap(casesOf))
  const ids = new Set([...batch.map(({ id }) => id), ...batch.flatMap(basesOf)])
  // Sent together and run in this order: each sees what was committed before the locks were had.
  const before = [
    // First: who changes it waits for this transaction, and must not hold a row that this one waits for.
    selectNumberPlan(sql),
    // And so does who publishes a table by which it is counted here.
    tables.hold(sql),
    log.holdStore(sql, sender.storeId),
  ] as const
  const locked = log.lockStanding(sql, [...caseIds], batch.flatMap(callsOf))
  const [plan, holding, held, standing, head, earlier, authors, articles, book] = await Promise.all([
    ...before,
    locked,
    selectKnown(sql, claim.epoch, claim.cursor),
    log.selectEarlier(sql, [...ids]),
    readAuthors(
      sql,
      batch.map(({ mutation }) => mutation),
    ),
    selectArticlesOf(
      sql,
      batch.map(({ mutation }) => mutation),
    ),
    openCaseBook(
      sql,
      { storeId: sender.storeId, team: sender.team, now },
      batch.flatMap((one) => toCaseInput(one)),
      locked,
    ),
  ])
  const isMissing = ({ status, caseId }: log.Earlier) =>
    status === 'applied' && caseId !== null && caseIds.has(caseId) && !standing.cases.has(caseId)
  if ([...earlier.values()].some(isMissing)) throw new Overtaken()
  return { areaCode: plan.areaCode, tables: holding, held, standing, head, earlier, authors, articles, book }
}
type Ground = Awaited<ReturnType<typeof readGround>>

/** Decides what is not known yet, in the order in which it was sent. */
function decideAll(sender: Sender, batch: readonly Sent[], ground: Ground, now: number) {
  const { storeId, deviceId } = sender
  const { earlier, authors, head, book, areaCode } = ground
  const withCaller = idsWithCaller(ground.tables.bodies.form)
  const sinceEpoch = now - head.epochAt
  const fresh = batch.filter(({ id }) => !earlier.has(id))
  const findSeen = (id: string, caseId: string) => {
    const known = earlier.get(id.toLowerCase())
    return known?.storeId === storeId && known.caseId === caseId ? known.seenRevision : null
  }
  const entries: Entry[] = []
  const facts: NewFact[] = []
  const notes: NewNote[] = []

  const judge = ({ mutation }: Sent): Judged =>
    mutation === null ? { code: null, proved: false } : judgeAuthor(authors, mutation, { deviceId, head, now })

  function decide(one: Sent, author: Judged): CaseOutcome {
    const { id, mutation } = one
    if (mutation === null) return { status: 'quarantined', code: one.strange }
    if (author.code !== null) return { status: 'quarantined', code: author.code }
    const [input] = toCaseInput(one, author.proved ? knownAuthor(authors, mutation, now) : null)
    if (input !== undefined) return book.apply(input, findSeen, { areaCode, withCaller })
    if (mutation.body.kind === 'call') facts.push({ mutationId: id, storeId, fact: mutation.body.fact })
    if (mutation.body.kind === 'kb') {
      const { note } = mutation.body
      const code = refusalOf(note, ground.articles)
      if (code !== null) return { status: 'refused', code }
      const by = mutation.author
      notes.push({ id, by, actor: author.proved ? by : null, at: mutation.at, note })
    }
    return { status: 'applied' }
  }

  for (const one of fresh) {
    // The same one twice in a batch.
    if (earlier.has(one.id)) continue
    const author = judge(one)
    const outcome = decide(one, author)
    if (isTooEarly(one, outcome, (id) => earlier.has(id), sinceEpoch)) continue
    const row = rowOf(one, outcome, author.code === null && author.proved)
    entries.push({ one, outcome, row })
    const { caseId, revision, code, status, seenRevision } = row
    earlier.set(one.id, { caseId, storeId, status, code, revision, seenRevision })
  }
  return { entries, facts, notes }
}

async function keepStrange(sql: Tx, entries: readonly Entry[]): Promise<void> {
  const notApplied = entries.filter(({ outcome }) => outcome.status !== 'applied')
  await log.insertQuarantine(
    sql,
    notApplied.map(({ one, outcome }) => ({ id: one.id, reason: outcome.code ?? outcome.status, raw: rawText(one) })),
  )
}

/** What was taken of somebody's words without a proof that she said them. */
function unprovedOf(entries: readonly Entry[]): Mutation[] {
  return entries.flatMap(({ one: { mutation }, outcome, row }) =>
    mutation === null || outcome.status === 'quarantined' || row.sessionChecked || isOfTelephone(mutation)
      ? []
      : [mutation],
  )
}

/** One entry for each reason: all others wait for the chain, and a thousand strange mutations may come at once. */
async function auditStrange(sql: Tx, { storeId }: Sender, entries: readonly Entry[], at: number): Promise<void> {
  const strange = entries.filter(({ outcome }) => outcome.status === 'quarantined')
  for (const [code, those] of Map.groupBy(strange, ({ outcome }) => outcome.code ?? outcome.status)) {
    // Whom it names as its author may be a lie: for certain is only the desk that sent it.
    const record = { at, actor: null, place: storeId, action: 'mutation.quarantined' } as const
    const [first] = those
    const detail: Record<string, string | number> = { code }
    if (those.length > 1) detail['mutations'] = those.length
    await appendAudit(sql, { ...record, ...(first === undefined ? {} : { object: first.one.id }), detail })
  }
}

/**
 * Takes a batch, in the caller's transaction (role sanxin_desk), at this moment of central's. Throws EpochChanged where
 * central is another than the desk knew.
 */
export async function takeBatch(
  sql: Tx,
  sender: Sender,
  batch: readonly Sent[],
  claim: Claim,
  at: Moment,
): Promise<Taken> {
  const { now } = at
  const ground = await readGround(sql, sender, batch, claim, at)
  const { areaCode, tables, earlier, head, book } = ground
  const { last } = ground.held
  const { epoch } = head
  if (last !== null && last !== claim.last) return { epoch, inTurn: false, answers: [], last, written: null, rows: [] }

  const { entries, facts, notes } = decideAll(sender, batch, ground, now)
  const newest = entries.at(-1)?.one.id ?? last
  const { storeId, deviceId } = sender
  const unproved = { storeId, told: ground.held.unproved, unproved: unprovedOf(entries) }
  const [, written] = await Promise.all([
    // First: what came in them names them, and is looked at when it is written.
    log.insertMutations(
      sql,
      { storeId, deviceId, receivedAt: now },
      entries.map(({ row }) => row),
    ),
    book.write({ areaCode, tables }),
    keepStrange(sql, entries),
    addCallFacts(sql, facts, areaCode, ground.standing.calls),
    addNotes(sql, storeId, notes),
    newest === null || newest === last ? undefined : log.updateLast(sql, storeId, newest, toldOf(unproved, now)),
  ])
  await auditStrange(sql, sender, entries, now)
  await auditUnproved(sql, unproved, (author) => ground.authors.staff.has(author), now)
  await auditNotes(sql, storeId, notes, now)
  const told = wholeLast(written)
  const before = await appendFeed(sql, told)
  const answers = batch.flatMap(({ id, raw }) => {
    const known = earlier.get(id)
    return known === undefined ? [] : [answerOf(raw.id, known)]
  })
  const known = before === null ? null : justWritten(sender, told, before, written.whole)
  const rows = before === null ? [] : told.map((entry, index) => ({ ...entry, seq: before + index + 1 }))
  return { epoch, inTurn: true, answers, last: newest, written: known, rows }
}
