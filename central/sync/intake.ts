/** What the desks send, each mutation once, answered the same however often it comes (rule 4). */
import type { Clock, Log } from '../../shared/ports.ts'
import { mutationSchema, type Mutation } from '../../shared/sync/protocol.ts'
import { beginAnew } from '../db/begin-anew.ts'
import { sqlState, type Db, type Tx } from '../db/db.ts'
import { must } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import { storable } from '../storable.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import { takeBatch, type Claim, type RawMutation, type Sender, type Sent, type Taken } from './batch.ts'

export type IntakeDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly tables: RuleBook
}

/** Whether a database error is about the values of a mutation: bad data (22), a broken constraint (23), too much (54). */
function isAboutValues(error: unknown): boolean {
  const state = sqlState(error)
  return state !== null && ['22', '23', '54'].includes(state.slice(0, 2))
}

/** A bug of ours that a mutation meets; a lost connection and another epoch have a `code` and are no such thing. */
function isBug(error: unknown): boolean {
  return sqlState(error) === null && error instanceof Error && !('code' in error)
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

/** A case is the same in whatever case its id is written. */
function withPlainId(mutation: Mutation): Mutation {
  const { body } = mutation
  if (body.kind !== 'case') return mutation
  const caseId = body.command.caseId.toLowerCase()
  if (caseId === body.command.caseId) return mutation
  return { ...mutation, body: { ...body, command: { ...body.command, caseId } } }
}

function read(raw: RawMutation): Sent {
  const id = raw.id.toLowerCase()
  const parsed = parseMutation(raw)
  const mutation = parsed === null ? null : withPlainId(parsed)
  return mutation === null ? { id, raw, mutation, strange: 'invalidInput' } : { id, raw, mutation }
}

function takeWithRetries(
  { db, clock, tables }: IntakeDeps,
  sender: Sender,
  batch: readonly Sent[],
  claim: Claim,
): Promise<Taken> {
  const { storeId, team } = sender
  const take = (sql: Tx) => takeBatch(sql, sender, batch, claim, { now: clock.now(), tables })
  return beginAnew(() => db.tx('sanxin_desk', take, { storeId, team }))
}

/**
 * Applies, refuses or sets aside each mutation and says which; one that is too early to answer is left out, so that
 * the desk keeps it. All go in one transaction; where the values of one of them break it, each goes in its own, and
 * that one is set aside. Throws only where the database itself fails, and EpochChanged.
 */
export async function takeIn(
  deps: IntakeDeps,
  sender: Sender,
  raws: readonly RawMutation[],
  claim: Claim,
): Promise<Taken> {
  const batch = raws.map(read)
  try {
    return await takeWithRetries(deps, sender, batch, claim)
  } catch (error) {
    if (!isAboutValues(error) && !isBug(error)) throw error
    deps.log('batchFailed', { mutations: batch.length, ...faultOf(error) })
  }
  const answers: Taken['answers'][number][] = []
  const rows: Taken['rows'][number][] = []
  let before: Taken | null = null
  for (const one of batch) {
    const { epoch, last }: Pick<Claim, 'epoch' | 'last'> = before ?? claim
    before = await takeAlone(deps, sender, one, { ...claim, epoch, last })
    answers.push(...before.answers)
    rows.push(...before.rows)
    // Another request of this store came between: the rest is for the desk to send again.
    if (!before.inTurn) break
  }
  return { ...must(before, 'a batch that broke has mutations'), answers, rows }
}

async function takeAlone(deps: IntakeDeps, sender: Sender, one: Sent, claim: Claim): Promise<Taken> {
  try {
    return await takeWithRetries(deps, sender, [one], claim)
  } catch (error) {
    if (!isAboutValues(error) && !isBug(error)) throw error
    deps.log('mutationFailed', faultOf(error))
    const { id, raw } = one
    return takeWithRetries(deps, sender, [{ id, raw, mutation: null, strange: 'internal' }], claim)
  }
}
