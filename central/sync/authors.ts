/**
 * Whether whom a mutation names as its author did it, by what stands here of people and their sign-ins. A desk sends
 * what is hers whoever sits there, days later too, so it is asked of the time at which it was done (H16.7, H16.8).
 */
import type { CallFact } from '../../shared/call/call-fact.ts'
import { may } from '../../shared/people/roles.ts'
import type { Looker } from '../../shared/people/sees-reporter.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import type { FeedHead } from '../feed/sql.ts'
import { RETURN_MS } from './epoch.ts'
import * as log from './sql.ts'

/** How far, in ms, the corrected clock of a desk may be from central's: so long before and after it a sign-in covers. */
const CLOCKS_MS = 5 * 60_000
/** How long, in ms, after she ceased to work at desks somebody's work is taken: that takes effect within a minute. */
const CEASED_MS = 60_000

/** Set aside under a code; or taken, and `proved` where a sign-in of hers at this device covers it. */
export type Judged =
  | { readonly code: 'strangeAuthor' | 'unknownAuthor' | 'authorMayNot' }
  | { readonly code: null; readonly proved: boolean }

export type Authors = {
  readonly staff: ReadonlyMap<string, log.StaffAuthor>
  readonly sessions: ReadonlyMap<string, log.SessionAuthor>
}

/** What stands here of those whom these mutations name, and of the sign-ins that they name. Role: sanxin_desk. */
export async function readAuthors(sql: Tx, mutations: readonly (Mutation | null)[]): Promise<Authors> {
  const [staff, sessions] = await Promise.all([
    log.selectStaffAuthors(
      sql,
      mutations.flatMap((one) => (one === null ? [] : [one.author])),
    ),
    log.selectSessionAuthors(
      sql,
      mutations.flatMap((one) => one?.session ?? []),
    ),
  ])
  return { staff, sessions }
}

/** What an operator says of a call; all else is told by the telephone, whoever sits there. */
const words: ReadonlySet<CallFact['kind']> = new Set(['settled', 'said', 'warned', 'warningWithdrawn'])

/** Whether the telephone tells it, and nobody says it. */
export const isOfTelephone = ({ body }: Mutation) => body.kind === 'call' && !words.has(body.fact.kind)

function isCovered({ createdAt, expiresAt, endedAt }: log.SessionAuthor, at: number): boolean {
  return at >= createdAt - CLOCKS_MS && at <= Math.min(endedAt ?? expiresAt, expiresAt) + CLOCKS_MS
}

/** Whether she works at a desk, or did at this time. */
function mayAt({ role, active, deskUntil }: log.StaffAuthor, at: number): boolean {
  return (active && may(role, 'sync')) || (deskUntil !== null && at <= deskUntil + CEASED_MS)
}

/** Judges one mutation that this device sent; `now` is central's time in ms, `head` says since when the epoch holds. */
export function judgeAuthor(
  { staff, sessions }: Authors,
  mutation: Mutation,
  { deviceId, head, now }: { readonly deviceId: string; readonly head: FeedHead; readonly now: number },
): Judged {
  const { author, at } = mutation
  const session = sessions.get(mutation.session?.toLowerCase() ?? '')
  if (session !== undefined && session.staffNo !== author) return { code: 'strangeAuthor' }
  const proved = session !== undefined && session.deviceId === deviceId && isCovered(session, at)
  if (isOfTelephone(mutation)) return { code: null, proved }
  const person = staff.get(author)
  if (person !== undefined) return mayAt(person, at) ? { code: null, proved } : { code: 'authorMayNot' }
  // She may have been added since the backup that this central was set back to.
  const mayBeLost = at < head.epochAt + CLOCKS_MS && now - head.epochAt < RETURN_MS
  return mayBeLost ? { code: null, proved: false } : { code: 'unknownAuthor' }
}

/**
 * The author of what is proved, as who may see what is hers to see now; null where she is let in no more, or her sign-in is
 * over at `now` (ms): of the time at which it was done the desk's word is all there is.
 */
export function knownAuthor({ staff, sessions }: Authors, { author, session }: Mutation, now: number): Looker | null {
  const [person, signIn] = [staff.get(author), sessions.get(session?.toLowerCase() ?? '')]
  const goesOn = signIn !== undefined && signIn.endedAt === null && now < signIn.expiresAt
  return goesOn && person?.active === true ? { staffNo: person.staffNo, role: person.role } : null
}
