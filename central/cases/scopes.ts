/**
 * Which desks hold which cases (R5.4): a desk its own work for good, its team's of the shift that it was opened in,
 * and what was asked for there for a day. Who enters and who leaves is told in the feed, like any change.
 */
import { KEEP_MS } from '../../shared/sync/keep.ts'
import type { Tx } from '../db/db.ts'
import type { FeedEntry } from '../feed/sql.ts'
import * as sqlOf from './scopes-sql.ts'

/** How long, in ms, a team follows what one of its desks opened. */
export const SHIFT_MS = 12 * 3_600_000
/** How long, in ms, a desk follows what was asked for there. */
export const ASKED_MS = 24 * 3_600_000

/** The lock under which a case, and who follows it, is changed. */
export const caseLock = (caseId: string) => `case:${caseId}`

/** Who follows one case, and what a batch does to that. */
export type Following = {
  /** The case is new. */
  open(openedAt: number): void
  /** The case is new, and made of another one: the team that follows that one follows it as long. */
  openLike(other: Following): void
  /** The sending desk has a hand in it. */
  enter(): void
  /** Something of it changed: whoever follows it is told. */
  change(): void
  readonly changed: boolean
  /** As it is to stand with the case. */
  shift(): { team: string | null; shiftUntil: number }
}

export type Scopes = {
  of(caseId: string): Following
  /** Writes who follows what from now on; answers the rows of the feed that tell it. */
  write(): Promise<FeedEntry[]>
}

type State = {
  team: string | null
  shiftUntil: number
  /** By store; null: for good. */
  readonly until: Map<string, number | null>
  entered: boolean
  changed: boolean
}

/** Whose hand it is: a desk's store and its team, both null where none is at work; central's time in ms. */
export type Hand = { readonly storeId: string | null; readonly team: string | null; readonly now: number }

/** Who follows these cases, read of those that stand; nobody follows one that is new. */
export async function createScopes(
  sql: Tx,
  { storeId, team, now }: Hand,
  caseIds: readonly string[],
  standing: readonly string[] = caseIds,
): Promise<Scopes> {
  const states = new Map<string, State>(
    caseIds.map((caseId) => [caseId, { team: null, shiftUntil: 0, until: new Map(), entered: false, changed: false }]),
  )
  const [shifts, scopes] = await Promise.all([sqlOf.selectShifts(sql, standing), sqlOf.selectScopes(sql, standing)])
  for (const row of shifts) Object.assign(states.get(row.caseId) ?? {}, row)
  for (const row of scopes) states.get(row.caseId)?.until.set(row.storeId, row.until)
  const isOver = (until: number | null | undefined) => until !== null && (until === undefined || until <= now)
  const entering: string[] = []
  const leaving: { caseId: string; storeId: string }[] = []

  function of(caseId: string): Following {
    const state = states.get(caseId)
    if (state === undefined) throw new Error('a case of the batch')
    return {
      open: (openedAt) => {
        state.team = team
        // After a restore desks bring back what they opened long ago: its shift is over.
        const until = Math.min(openedAt, now) + SHIFT_MS
        state.shiftUntil = team !== null && until > now ? until : 0
      },
      openLike: (other) => void Object.assign(state, other.shift()),
      enter: () => {
        if (storeId === null) return
        const until = state.until.get(storeId)
        if (until === null) return
        state.entered ||= isOver(until)
        state.until.set(storeId, null)
        entering.push(caseId)
      },
      change: () => void (state.changed = true),
      get changed() {
        return state.changed
      },
      // Told once more after its end, the team's desks hear that the case is theirs no longer.
      shift: () => ({ team: state.team, shiftUntil: state.shiftUntil > now ? state.shiftUntil : 0 }),
    }
  }

  function tell(caseId: string, state: State): FeedEntry[] {
    const row = { kind: 'case', ref: caseId, storeId: null, team: null } as const
    if (!state.changed) return state.entered ? [{ ...row, storeId }] : []
    const stores = [...state.until].map(([store, until]) => {
      if (isOver(until)) leaving.push({ caseId, storeId: store })
      return { ...row, storeId: store }
    })
    return state.shiftUntil > 0 ? [...stores, { ...row, team: state.team }] : stores
  }

  async function write(): Promise<FeedEntry[]> {
    const entries = [...states].flatMap(([caseId, state]) => tell(caseId, state))
    const before = new Set(standing)
    await Promise.all([
      ...(storeId === null
        ? []
        : [
            sqlOf.insertOwnScopes(
              sql,
              storeId,
              entering.filter((caseId) => !before.has(caseId)),
            ),
            sqlOf.upsertOwnScopes(
              sql,
              storeId,
              entering.filter((caseId) => before.has(caseId)),
            ),
          ]),
      sqlOf.deleteScopes(sql, leaving, now),
    ])
    return entries
  }
  return { of, write }
}

/** The cases of a desk's scope that it would keep; what did not change for longer comes back when it changes. */
export function casesInScope(sql: Tx, { storeId, team, now }: Hand & { readonly storeId: string }): Promise<string[]> {
  return sqlOf.selectInScope(sql, { storeId, team, now, changedAfter: now - KEEP_MS })
}
