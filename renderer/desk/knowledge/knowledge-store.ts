import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { ArticleWords } from '../../../shared/kb/article-news.ts'
import { indexingOf } from '../../../shared/kb/indexing.ts'
import { anywhere, narrows, type SearchAnswer, type SearchScope } from '../../../shared/kb/hit.ts'
import { invoke } from '../../ui/bridge.ts'
import { useSync } from '../stores/sync-store.ts'
import { noteAnswer, noteLeft } from './gap-note.ts'
import { createSearchRunner } from './search-runner.ts'

type KnowledgeStore = {
  /** What narrows the search. */
  readonly scope: SearchScope
  readonly query: string
  readonly answer: SearchAnswer | null
  readonly failure: Failure | null
  readonly loading: boolean
  /** The position among the hits; what the tables answer stands before the first, at -1. */
  readonly chosen: number
  /** The row of the open article's tables that she moved to; null while she did not. */
  readonly row: number | null
}

const blank: KnowledgeStore = {
  ...{ scope: anywhere, query: '', answer: null, failure: null, loading: false },
  ...{ chosen: 0, row: null },
}

/** The search of this call, and what it found. */
export const useKnowledge = create<KnowledgeStore>()(() => blank)

/** What is chosen first: what the tables answer, where they do. */
const firstOf = (answer: SearchAnswer | null) => (answer?.sheet ? -1 : 0)

const run = createSearchRunner({
  search: (query, scope) => invoke('kb.search', { query, scope }),
  found: (answer) => {
    // What a narrow search does not find may well be there.
    if (isWhole(useSync.getState()) && !narrows(useKnowledge.getState().scope)) noteAnswer(answer)
    useKnowledge.setState({ answer, failure: null, loading: false, chosen: firstOf(answer), row: null })
  },
  failed: (failure) => useKnowledge.setState({ failure, loading: false }),
})

/** Takes what stands in the search box; while the input method composes, nothing is asked yet. */
export function setQuery(query: string, composing: boolean): void {
  useKnowledge.setState({ query })
  if (composing) return
  const asked = query.trim().slice(0, 200)
  if (asked === '') noteLeft()
  if (asked === '') useKnowledge.setState({ answer: null, failure: null, loading: false, chosen: 0, row: null })
  else useKnowledge.setState({ loading: true })
  run(asked, useKnowledge.getState().scope)
}

/** Narrows or widens the search, and asks the same again. */
export function setScope(scope: SearchScope): void {
  useKnowledge.setState({ scope })
  setQuery(useKnowledge.getState().query, false)
}

type SyncState = Pick<ReturnType<typeof useSync.getState>, 'sync' | 'services'>

const isWhole = ({ sync }: SyncState) => sync !== null && indexingOf(sync) === null

/** Asks the same again: what could not be searched when the store is back, what found nothing when the index is whole. */
export function searchAgainWith(now: SyncState, before: SyncState): void {
  const { query, failure, answer } = useKnowledge.getState()
  const isBack = now.services.store.state === 'up' && before.services.store.state === 'down'
  const mayBeFound = isWhole(now) && !isWhole(before) && answer?.hits.length === 0
  if ((isBack && failure) || mayBeFound) setQuery(query, false)
}

/** Moves the choice among the answer of the tables and the hits. */
export function choose(index: number): void {
  const { answer, chosen } = useKnowledge.getState()
  const last = (answer?.hits.length ?? 0) - 1
  const next = Math.max(firstOf(answer), Math.min(last, index))
  if (next !== chosen) useKnowledge.setState({ chosen: next, row: null })
}

/**
 * Another version takes the place of the one that is shown; nothing else of the list changes. What the tables answer is
 * asked for anew.
 */
export function takeVersion(words: ArticleWords): void {
  const { chosen, query } = useKnowledge.getState()
  if (chosen < 0) return setQuery(query, false)
  useKnowledge.setState(({ answer }) => ({
    answer: answer && {
      ...answer,
      hits: answer.hits.map((hit) => (hit.id === words.id ? { ...hit, sheets: [], ...words } : hit)),
    },
  }))
}

/** Forgets the search: another citizen, another question. */
export function clearSearch(): void {
  run('')
  noteLeft()
  useKnowledge.setState(blank)
}
