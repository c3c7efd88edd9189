/** What is taken though no sign-in proves who did it (H16.7) is told to the auditor: once a day for each sign-in that is named. */
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'

const DAY_MS = 24 * 3_600_000

/** Of a store: what was told of it last, null for nothing, and what came now. */
type Taken = { readonly storeId: string; readonly told: string | null; readonly unproved: readonly Mutation[] }

const signInOf = ({ author, session }: Mutation) => `${author} ${session?.toLowerCase() ?? ''}`

/** What there is to remember of it, so that it is told no more till tomorrow; `now` is central's time in ms. */
export function toldOf({ told, unproved }: Taken, now: number): string | null {
  const newest = unproved.at(-1)
  return newest === undefined ? told : `${Math.floor(now / DAY_MS)} ${signInOf(newest)}`
}

/** Writes the entries; `isKnown` says whether somebody of this number is here: people type their password there. */
export async function auditUnproved(
  sql: Tx,
  { storeId, told, unproved }: Taken,
  isKnown: (author: string) => boolean,
  now: number,
): Promise<void> {
  for (const those of Map.groupBy(unproved, signInOf).values()) {
    const [first] = those
    if (first === undefined || told === toldOf({ storeId, told, unproved: those }, now)) continue
    const { author, session } = first
    await appendAudit(sql, {
      ...{ at: now, actor: null, place: storeId, action: 'mutation.unproved' },
      ...(isKnown(author) ? { object: author } : {}),
      detail: { session, mutations: those.length },
    })
  }
}
