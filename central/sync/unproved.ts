/** What is taken though no sign-in proves who did it (H16.7) is told to the auditor: once a day for each sign-in that is named. */
import { createHash } from 'node:crypto'
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'

const DAY_MS = 24 * 3_600_000
/** So many sign-ins of a day are remembered of a store, the newest: a desk makes up names without end. */
export const MOST_REMEMBERED = 100
/** A hash stands for a sign-in: people type their password in the place of a name. */
const HASH_CHARS = 16

/** Of a store: what was told of it that day, null for nothing, and what came now. */
type Taken = { readonly storeId: string; readonly told: string | null; readonly unproved: readonly Mutation[] }

/** The mutations of each sign-in that is named, by what stands for it; a batch has a thousand mutations of one or two. */
function bySignIn(unproved: readonly Mutation[]): readonly (readonly [signIn: string, those: readonly Mutation[]])[] {
  const named = Map.groupBy(unproved, ({ author, session }) => `${author} ${session?.toLowerCase() ?? ''}`)
  return [...named].map(([name, those]) => {
    const hash = createHash('sha256').update(name).digest('base64url')
    return [hash.slice(0, HASH_CHARS), those]
  })
}

const dayOf = (now: number) => String(Math.floor(now / DAY_MS))

function rememberedOf(told: string | null, now: number): readonly string[] {
  const [day, ...signIns] = told?.split(' ') ?? []
  return day === dayOf(now) ? signIns : []
}

/** What there is to remember of it, so that it is told no more till tomorrow; `now` is central's time in ms. */
export function toldOf({ told, unproved }: Omit<Taken, 'storeId'>, now: number): string | null {
  if (unproved.length === 0) return told
  const signIns = new Set([...rememberedOf(told, now), ...bySignIn(unproved).map(([signIn]) => signIn)])
  return [dayOf(now), ...[...signIns].slice(-MOST_REMEMBERED)].join(' ')
}

/** Writes the entries; `isKnown` says whether somebody of this number is here: people type their password there. */
export async function auditUnproved(
  sql: Tx,
  { storeId, told, unproved }: Taken,
  isKnown: (author: string) => boolean,
  now: number,
): Promise<void> {
  const remembered = new Set(rememberedOf(told, now))
  for (const [signIn, those] of bySignIn(unproved)) {
    const [first] = those
    if (first === undefined || remembered.has(signIn)) continue
    const { author, session } = first
    await appendAudit(sql, {
      ...{ at: now, actor: null, place: storeId, action: 'mutation.unproved' },
      ...(isKnown(author) ? { object: author } : {}),
      detail: { session, mutations: those.length },
    })
  }
}
