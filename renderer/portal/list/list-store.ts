/** The cases of the unit as lists: by where they stand, what was given back, and who has them. */
import { create } from 'zustand'
import { z } from 'zod'
import {
  caseCountsSchema,
  caseListSchema,
  memberUnitSchema,
  type CaseCounts,
  type CaseLine,
  type CaseQuery,
  type ListPlace,
  type MemberUnit,
} from '../../../shared/case/case-line.ts'
import type { CaseState } from '../../../shared/case/case-step.ts'
import type { Failure } from '../../../shared/errors.ts'
import { unitWorkSchema, type UnitWork } from '../../../shared/unit/unit-page.ts'
import { ask } from '../../page/api.ts'
import { onSessionChange, useSession } from '../session/session-store.ts'
import { lookedAt } from './look-store.ts'
import { readOpen } from './open-cases.ts'

export const tabs = ['toSign', 'inHand', 'answered', 'returned'] as const
export type Tab = (typeof tabs)[number]

const statesOf: { readonly [T in Exclude<Tab, 'returned'>]: readonly CaseState[] } = {
  toSign: ['toSign'],
  inHand: ['inHand'],
  answered: ['answered', 'settled', 'archived'],
}
/** All that one may still have to do with, whichever the tab: what is searched for. */
const allStates = Object.values(statesOf).flat()
const PAGE = 50

type Lists = {
  readonly tab: Tab
  readonly words: string
  readonly lines: readonly CaseLine[]
  readonly next: ListPlace | null
  readonly counts: Readonly<Partial<Record<CaseState, { cases: number; amber: number; red: number }>>>
  readonly work: UnitWork
  readonly units: readonly MemberUnit[]
  readonly loaded: boolean
  readonly failure: Failure | null
  readonly onlyMine: boolean
}

const empty: Lists = {
  tab: 'toSign',
  words: '',
  lines: [],
  next: null,
  counts: {},
  work: { returned: [], signers: [], members: [], deputies: [], supervised: 0 },
  units: [],
  loaded: false,
  failure: null,
  onlyMine: false,
}
export const useList = create<Lists>(() => empty)

/** The answer to an older question must not take the place of the newer one's. */
let asked = 0

function queryOf({ tab, words }: Lists, after: ListPlace | null): CaseQuery {
  const states = words === '' && tab !== 'returned' ? statesOf[tab] : allStates
  const order = words === '' && tab !== 'answered' ? 'due' : 'newest'
  return { states: [...states], order, after, limit: PAGE, ...(words === '' ? {} : { words }) }
}

const byState = ({ states }: CaseCounts): Lists['counts'] => Object.fromEntries(states.map((one) => [one.state, one]))

/** Of a page that nobody sees the title alone is read: what came, and what is overdue. Failures are for who looks. */
async function refreshTitle(): Promise<void> {
  asked += 1
  const mine = asked
  const [counts, open] = await Promise.all([ask(caseCountsSchema, '/cases/counts'), readOpen()])
  if (mine !== asked) return
  if (open.ok) lookedAt(open.value)
  if (counts.ok) useList.setState({ counts: byState(counts.value) })
}

/** Reads the list that is shown, the counts and who has what. */
export async function refreshList(): Promise<void> {
  asked += 1
  const mine = asked
  const [list, counts, work, open] = await Promise.all([
    ask(caseListSchema, '/cases/find', { method: 'POST', json: queryOf(useList.getState(), null) }),
    ask(caseCountsSchema, '/cases/counts'),
    ask(unitWorkSchema, '/unit/work'),
    readOpen(),
  ])
  if (mine !== asked) return
  if (open.ok) lookedAt(open.value)
  const failed = [list, counts, work, open].find(({ ok }) => !ok)
  useList.setState({
    loaded: true,
    failure: failed !== undefined && !failed.ok ? failed.error : null,
    ...(list.ok ? { lines: list.value.cases, next: list.value.next } : {}),
    ...(counts.ok ? { counts: byState(counts.value) } : {}),
    ...(work.ok ? { work: work.value } : {}),
  })
}

/** The next page, under what is shown. */
export async function showMore(): Promise<void> {
  const now = useList.getState()
  if (now.next === null) return
  asked += 1
  const mine = asked
  const more = await ask(caseListSchema, '/cases/find', { method: 'POST', json: queryOf(now, now.next) })
  if (mine !== asked) return
  if (!more.ok) return useList.setState({ failure: more.error })
  const shown = new Set(now.lines.map(({ caseId }) => caseId))
  const fresh = more.value.cases.filter(({ caseId }) => !shown.has(caseId))
  useList.setState({ lines: [...now.lines, ...fresh], next: more.value.next, failure: null })
}

export function chooseTab(tab: Tab): void {
  useList.setState({ tab, words: '', lines: [], next: null, loaded: false })
  void refreshList()
}

export function search(words: string): void {
  useList.setState({ words: words.trim(), lines: [], next: null, loaded: false })
  void refreshList()
}

const unitsSchema = z.object({ units: z.array(memberUnitSchema) })

/** The names of all member units; once a sign-in. */
export async function loadUnits(): Promise<void> {
  const answer = await ask(unitsSchema, '/units')
  if (answer.ok) useList.setState({ units: answer.value.units })
}

/** How a unit is called; its id where it stands in the directory no more. */
export function useUnitName(): (id: string) => string {
  const units = useList((list) => list.units)
  return (id) => units.find((one) => one.id === id)?.name ?? id
}

const FRESH_MS = 60_000

/** Reads the list anew once a minute, and when the page comes to the front; while it stands behind others, its title. */
export function watchList(): void {
  const isVisible = () => document.visibilityState === 'visible'
  const refresh = () => {
    if (useSession.getState().state === 'signedIn') void (isVisible() ? refreshList() : refreshTitle())
  }
  setInterval(refresh, FRESH_MS)
  document.addEventListener('visibilitychange', () => isVisible() && refresh())
  onSessionChange((change) => (change === 'again' ? refresh() : useList.setState(empty)))
}
