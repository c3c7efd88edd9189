/** The citizen's own word on the matter, by the link of a message or in reply to it (rules M7): a step that she takes. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { BadRating } from '../../shared/admin/outbox-page.ts'
import { CITIZEN } from '../../shared/case/steps.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { maskPhone } from '../../shared/people/mask-caller.ts'
import { mayThere } from '../../shared/people/roles.ts'
import { numberKey } from '../../shared/phone-number.ts'
import type { Clock } from '../../shared/ports.ts'
import { decideAndWrite } from '../cases/step-service.ts'
import type { RuleBook } from '../tables/rule-book.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import type { Session } from '../http/access.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { hashRateToken } from './carrier.ts'
import * as ratings from './ratings-sql.ts'
import { insertNoMessages } from './sql.ts'

export type RatingDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly tables: RuleBook
  readonly committed: () => void
}
export type Rated = { readonly rating: number; readonly text: string }

const tokenShape = /^[\w-]{22}$/

/** Whether a token still opens a question. */
export async function mayRate({ db, clock }: RatingDeps, token: string): Promise<boolean> {
  if (!tokenShape.test(token)) return false
  return (await db.tx('sanxin_desk', (sql) => ratings.selectAskOf(sql, hashRateToken(token), clock.now()))) !== null
}

async function answerAsk(
  sql: Tx,
  { tables }: RatingDeps,
  { askId, caseId, callerId }: ratings.OpenAsk,
  { rating, text }: Rated,
  now: number,
): Promise<Result<null>> {
  const standing = () => ({ party: 'citizen', unit: null }) as const
  const taker = { by: CITIZEN, may: () => true, standing }
  const step = { type: 'rate', rating, text, ...(callerId === null ? {} : { caller: callerId }) } as const
  const taken = await decideAndWrite(sql, { id: randomUUID(), caseId, step }, taker, { now, tables })
  if (!taken.ok) return taken
  await ratings.useAsk(sql, askId, now)
  return ok(null)
}

/**
 * Takes the rating of who has the link. `notFound` alike for a token that is none, was used or is too old;
 * `illegalTransition` where the matter was rated otherwise, or is being worked on again: then the link stays good.
 */
export async function rateByToken(deps: RatingDeps, token: string, rated: Rated): Promise<Result<null>> {
  if (!tokenShape.test(token)) return fail('notFound')
  const now = deps.clock.now()
  const answer = await deps.db.tx('sanxin_desk', async (sql) => {
    const ask = await ratings.selectAskOf(sql, hashRateToken(token), now)
    return ask === null ? fail('notFound') : answerAsk(sql, deps, ask, rated, now)
  })
  if (answer.ok) deps.committed()
  return answer
}

/** What a citizen wrote in reply, as a gateway brings it; `from` in any spelling. */
export const inboundSchema = z.object({ from: z.string().max(64), text: z.string().max(2000) })
export type Inbound = z.infer<typeof inboundSchema>

/** Her rating, her wish to get no more, or something that nobody asked her: then it is not kept. */
export type InboundOutcome = 'rated' | 'noMessages' | 'ignored'

const LONGEST_WORDS = 500

function readReply(text: string): { readonly wish: true } | Rated | null {
  const plain = text.normalize('NFKC').trim()
  if (/^(?:TD|T|退订)$/i.test(plain)) return { wish: true }
  const [, level, words = ''] = /^([1-5])(?:分)?(?:[\s,，。.:：;；]+(.*))?$/s.exec(plain) ?? []
  return level === undefined ? null : { rating: Number(level), text: words.trim().slice(0, LONGEST_WORDS) }
}

async function takeReply(sql: Tx, deps: RatingDeps, { from, text }: Inbound, now: number): Promise<InboundOutcome> {
  const reply = readReply(text)
  if (reply === null) return 'ignored'
  const phoneKey = numberKey(from, (await selectNumberPlan(sql)).areaCode)
  if (phoneKey === '') return 'ignored'
  if ('wish' in reply) {
    await insertNoMessages(sql, phoneKey, now, null)
    return 'noMessages'
  }
  const ask = await ratings.selectAskOfNumber(sql, phoneKey, now)
  if (ask === null) return 'ignored'
  return (await answerAsk(sql, deps, ask, reply, now)).ok ? 'rated' : 'ignored'
}

/** Takes what a gateway brings, each id once: brought again it is answered as before. Answers an InboundOutcome. */
export async function takeInbound(deps: RatingDeps, id: string, inbound: Inbound): Promise<string> {
  const now = deps.clock.now()
  const outcome = await deps.db.tx('sanxin_desk', async (sql) => {
    await lockName(sql, `inbound:${id}`)
    const before = await ratings.selectInbound(sql, id)
    if (before !== null) return before
    const fresh = await takeReply(sql, deps, inbound, now)
    await ratings.insertInbound(sql, id, now, fresh)
    return fresh
  })
  deps.committed()
  return outcome
}

const MOST_LISTED = 500

/**
 * Cases whose citizen rated badly, the oldest first: until she was visited, tried for, or it was begun anew. Her number is
 * masked, and of a report it is told to who may know who made it.
 */
export async function listOwedVisits(
  { db }: Pick<RatingDeps, 'db'>,
  { role, deviceId }: Pick<Session, 'role' | 'deviceId'>,
): Promise<BadRating[]> {
  const rows = await db.tx('sanxin_outbox', (sql) => ratings.selectOwedVisits(sql, MOST_LISTED))
  return rows.map(({ phoneKey, secret, ...row }) => {
    const mayKnow = phoneKey !== '' && (!secret || mayThere(role, 'reporters.read', deviceId !== null))
    return { ...row, phone: mayKnow ? maskPhone(phoneKey) : null }
  })
}
