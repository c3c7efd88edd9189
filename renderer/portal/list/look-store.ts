/**
 * What came to the unit since somebody last looked at its page: known by the cases that lay with it then. It lives as long
 * as the page does, and stays nowhere (UP5).
 */
import { create } from 'zustand'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import { onSessionChange } from '../session/session-store.ts'

type Look = {
  /** What lies with the unit and is not answered yet, the most urgent first. */
  readonly open: readonly CaseLine[]
  /** The cases that she has seen; null before the first look. */
  readonly seen: ReadonlySet<string> | null
}

const nothing: Look = { open: [], seen: null }
export const useLook = create<Look>(() => nothing)

/** What lies with the unit now. With the first look at it all of it is seen. */
export function lookedAt(open: readonly CaseLine[]): void {
  useLook.setState(({ seen }) => ({ open, seen: seen ?? new Set(open.map(({ caseId }) => caseId)) }))
}

/** She opened a case: it is news no more. */
export function sawCase(caseId: string): void {
  useLook.setState(({ seen }) => (seen === null || seen.has(caseId) ? {} : { seen: new Set([...seen, caseId]) }))
}

/** She turns away: what stands there now she has seen. */
function lookedAway(): void {
  useLook.setState(({ open, seen }) =>
    seen === null ? {} : { seen: new Set([...seen, ...open.map(({ caseId }) => caseId)]) },
  )
}

/** Notes when she turns to something else. */
export function watchLooks(): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && lookedAway())
  onSessionChange((change) => change === 'left' && useLook.setState(nothing, true))
}

/** Those that came since she last looked. */
export const freshOf = ({ open, seen }: Look): readonly CaseLine[] =>
  seen === null ? [] : open.filter(({ caseId }) => !seen.has(caseId))

/** The lines of a list with the supervised ones of its states first, also those that stand on a later page. */
export function supervisedFirst(lines: readonly CaseLine[], { open }: Look): readonly CaseLine[] {
  const states = new Set(lines.map(({ state }) => state))
  const first = open.filter(({ state, supervised }) => supervised > 0 && states.has(state))
  const ids = new Set(first.map(({ caseId }) => caseId))
  return [...first, ...lines.filter(({ caseId }) => !ids.has(caseId))]
}
