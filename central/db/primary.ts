/**
 * Which primary a pool works on. A promotion raises the timeline, so of two that both take writes the one of the lower
 * timeline is the old one, that nobody fenced off: whoever has seen the newer one leaves it.
 *
 *   nothing seen ──► system S, timeline T ──(higher T of S seen)──► system S, timeline T+n
 *                    a session on T, or on another system, does nothing any more and ends
 */
import { sqlState, type Tx } from './db.ts'

/** A primary as it is known: its cluster (system identifier), and the timeline on which it writes. */
export type Primary = { readonly system: string; readonly timeline: number }

/** There is no primary but one that another has taken the place of, or another cluster's; nothing was done on it. */
export class StalePrimary extends Error {
  readonly code = 'stalePrimary'
  constructor() {
    super('a primary that another has taken the place of')
    this.name = 'StalePrimary'
  }
}

/** A session's primary never changes: asked for once, it is kept with the session. */
const KNOWN = `coalesce(nullif(current_setting('sanxin.primary', true), ''), set_config('sanxin.primary',
  (select system_identifier from pg_control_system()) || ' ' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), false))`

const READ = `select split_part(known, ' ', 1) as system, ('x' || split_part(known, ' ', 2))::bit(32)::int as timeline
  from (select ${KNOWN} as known) as this`

/** Role: the login. The primary of this session; an error on a standby. */
export async function selectPrimary(sql: Pick<Tx, 'query'>): Promise<Primary | null> {
  const [row] = await sql.query<Primary>(READ)
  return row ?? null
}

const NO_NUMBER = '22P02'

/** As selectPrimary; where it is not `newest` or newer its error aborts the transaction, with all that was sent behind. */
async function selectOrAbort(sql: Tx, { system, timeline }: Primary): Promise<Primary | null> {
  const [row] = await sql.query<Primary>(
    `select system, timeline, case when system <> $1::text or timeline < $2::int then ('stale ' || timeline)::int end as stale
     from (${READ}) as read`,
    [system, timeline],
  )
  return row ?? null
}

export type Primaries = {
  /** One was seen; the first settles of which cluster they are. */
  saw(primary: Primary): void
  isStale(primary: Primary): boolean
  /** First in each transaction: throws StalePrimary, and nothing behind is done, on an older one; learns of a newer one. */
  enter(sql: Tx): Promise<void>
}

export function createPrimaries(): Primaries {
  let newest: Primary | null = null
  const isStale = ({ system, timeline }: Primary) =>
    newest !== null && (system !== newest.system || timeline < newest.timeline)
  const saw = (primary: Primary) => {
    if (!isStale(primary)) newest = primary
  }
  return {
    saw,
    isStale,
    enter: async (sql) => {
      try {
        const primary = await (newest === null ? selectPrimary(sql) : selectOrAbort(sql, newest))
        if (primary !== null) saw(primary)
      } catch (error) {
        throw sqlState(error) === NO_NUMBER ? new StalePrimary() : error
      }
    },
  }
}
