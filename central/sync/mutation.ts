/** One mutation, once: in a transaction of its own, answered the same however often it comes (rule 4). */
import type { Clock, Log } from '../../shared/ports.ts'
import { mutationSchema, type Mutation, type MutationAnswer } from '../../shared/sync/protocol.ts'
import { addCallFact } from '../calls/service.ts'
import { applyCaseCommand, type CaseOutcome } from '../cases/service.ts'
import { appendAudit } from '../audit/sql.ts'
import { sqlState, type Db, type Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { selectHead } from '../feed/sql.ts'
import { faultOf } from '../../shared/fault.ts'
import { storable } from '../storable.ts'
import { selectKnown } from './epoch.ts'
import {
  insertMutation,
  insertQuarantine,
  selectAnswer,
  selectSeen,
  selectSessionAuthor,
  type MutationRow,
} from './sql.ts'

/** The device that sends, the store that it sends for, and the epoch of the central to which it sends. */
export type Sender = { readonly deviceId: string; readonly storeId: string; readonly epoch: string }
export type MutationDeps = { readonly db: Db; readonly clock: Clock; readonly log: Log }

/** How long after a restore, in ms, a case that is missing here may still be brought back by the desk that has it. */
const RETURN_MS = 24 * 3_600_000
type RawMutation = { readonly id: string }

const TRIES = 5
const serializationFailure = '40001'
const deadlock = '40P01'

/** Whether a database error is about the values of this one mutation: bad data (22), a broken constraint (23), too much (54). */
function isAboutValues(error: unknown): boolean {
  const state = sqlState(error)
  return state !== null && ['22', '23', '54'].includes(state.slice(0, 2))
}

/** A bug of ours that this mutation meets; a lost connection has a `code` and is no such thing. */
function isBug(error: unknown): boolean {
  return sqlState(error) === null && error instanceof Error && !('code' in error)
}

/**
 * Whether a command on a case that does not stand here is too early: after a restore the desk that has the case
 * may still bring it back. One whose base is known here and led to nothing waits in vain.
 */
async function isTooEarly(sql: Tx, { body }: Mutation, outcome: CaseOutcome, now: number): Promise<boolean> {
  if (body.kind === 'call' || body.command.type === 'case.open') return false
  if (outcome.code !== 'unknownCase' && outcome.code !== 'notFound') return false
  const { base } = body.command
  if ('mutation' in base && (await selectAnswer(sql, base.mutation)) !== null) return false
  return now - (await selectHead(sql)).epochAt < RETURN_MS
}

type AuthorCheck = 'known' | 'unknown' | 'strange'

/**
 * Whether the session that a mutation names is its author's at this device. One that is not known here is no lie:
 * she may have signed in while central was away, or at this desk before it was enrolled anew.
 */
async function checkAuthor(sql: Tx, { deviceId }: Sender, { session, author }: Mutation): Promise<AuthorCheck> {
  const known = session === null ? null : await selectSessionAuthor(sql, session)
  if (known === null) return 'unknown'
  if (known.staffNo !== author) return 'strange'
  return known.deviceId === deviceId ? 'known' : 'unknown'
}

async function apply(sql: Tx, { storeId }: Sender, mutation: Mutation): Promise<CaseOutcome> {
  const { id, at, author, body } = mutation
  if (body.kind === 'call') {
    await addCallFact(sql, { mutationId: id, storeId }, body.fact)
    return { status: 'applied' }
  }
  const { command, caller } = body
  return applyCaseCommand(sql, { mutationId: id, storeId, at, by: author, command, caller }, (earlier, caseId) =>
    selectSeen(sql, earlier, caseId, storeId),
  )
}

function rowOf(
  { storeId, deviceId }: Sender,
  receivedAt: number,
  id: string,
  mutation: Mutation | null,
  sessionChecked: boolean,
  outcome: CaseOutcome,
): MutationRow {
  const body = mutation?.body ?? null
  return {
    id,
    storeId,
    deviceId,
    author: mutation?.author ?? null,
    sessionId: mutation?.session ?? null,
    sessionChecked,
    at: mutation?.at ?? null,
    receivedAt,
    kind: body === null ? null : body.kind === 'case' ? body.command.type : body.fact.kind,
    caseId: body?.kind === 'case' ? body.command.caseId : null,
    status: outcome.status,
    code: outcome.code ?? null,
    revision: outcome.revision ?? null,
    seenRevision: outcome.seenRevision ?? null,
  }
}

/** The mutation as the contract knows it; null for a strange one, and for one nested too deep to walk. */
function parseMutation(raw: RawMutation): Mutation | null {
  try {
    return mutationSchema.safeParse(storable(raw)).data ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function rawText(raw: RawMutation): string {
  try {
    return JSON.stringify(raw)
  } catch {
    return JSON.stringify({ id: raw.id, unprintable: true })
  }
}

const strangeAuthor: CaseOutcome = { status: 'quarantined', code: 'strangeAuthor' }

/** Runs `decide` unless the mutation is known or forged; what is not applied is kept word for word. Null where it is too early. */
async function once(
  { db, clock }: MutationDeps,
  sender: Sender,
  raw: RawMutation,
  mutation: Mutation | null,
  decide: (sql: Tx) => Promise<CaseOutcome>,
): Promise<MutationAnswer | null> {
  const run = async (sql: Tx): Promise<MutationAnswer | null> => {
    await lockName(sql, `mutation:${raw.id.toLowerCase()}`)
    await selectKnown(sql, sender.epoch)
    const known = await selectAnswer(sql, raw.id)
    if (known !== null) return { id: raw.id, ...known }
    const author = mutation === null ? 'unknown' : await checkAuthor(sql, sender, mutation)
    const outcome = author === 'strange' ? strangeAuthor : await decide(sql)
    if (mutation !== null && (await isTooEarly(sql, mutation, outcome, clock.now()))) return null
    const { status, code, revision } = outcome
    await insertMutation(sql, rowOf(sender, clock.now(), raw.id, mutation, author === 'known', outcome))
    if (status !== 'applied') await insertQuarantine(sql, raw.id, code ?? status, rawText(raw))
    if (status === 'quarantined') {
      // Whom it names as its author may be a lie: for certain is only the desk that sent it.
      const record = { at: clock.now(), actor: null, place: sender.storeId, object: raw.id.toLowerCase() }
      await appendAudit(sql, { ...record, action: 'mutation.quarantined', detail: { code: code ?? status } })
    }
    return {
      id: raw.id,
      status,
      ...(code === undefined ? {} : { code }),
      ...(revision === undefined ? {} : { revision }),
    }
  }
  return db.tx('sanxin_desk', run, { storeId: sender.storeId })
}

async function onceWithRetries(
  deps: MutationDeps,
  sender: Sender,
  raw: RawMutation,
  mutation: Mutation,
): Promise<MutationAnswer | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(deps, sender, raw, mutation, (sql) => apply(sql, sender, mutation))
    } catch (error) {
      const state = sqlState(error)
      if (attempt === TRIES || (state !== serializationFailure && state !== deadlock)) throw error
    }
  }
}

/**
 * Applies, refuses or quarantines one mutation and says which; null where it is too early to say, so that the desk
 * keeps it and sends it again. Throws only where the database itself fails, and EpochChanged where it is no longer
 * of the sender's epoch (then nothing of it happened).
 */
export async function handleMutation(
  deps: MutationDeps,
  sender: Sender,
  raw: RawMutation,
): Promise<MutationAnswer | null> {
  const quarantine = (code: string) =>
    once(deps, sender, raw, null, () => Promise.resolve({ status: 'quarantined', code }))
  const mutation = parseMutation(raw)
  if (mutation === null) return quarantine('invalidInput')
  try {
    return await onceWithRetries(deps, sender, raw, mutation)
  } catch (error) {
    if (!isAboutValues(error) && !isBug(error)) throw error
    deps.log('mutationFailed', faultOf(error))
    return quarantine('internal')
  }
}
