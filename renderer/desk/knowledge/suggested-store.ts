/**
 * What may be asked for next, while the search is empty: renewed when the operator pauses, and standing still while the
 * search has the cursor (rules KS10). To take one is to search for its title; nothing goes into the reply by itself.
 */
import { create } from 'zustand'
import type { CaseForm } from '../../../shared/case/case-form.ts'
import { SUGGEST_CHARS, type Suggested, type SuggestQuery } from '../../../shared/kb/suggest.ts'
import { invoke } from '../../ui/bridge.ts'
import { useDraft } from '../stores/draft-store.ts'
import { setQuery } from './knowledge-store.ts'

/** They are asked for when the operator pauses, in ms. */
const PAUSE_MS = 800

type SuggestedStore = {
  readonly list: readonly Suggested[]
  /** The place of the one that the keys are about; null while she did not move to one. */
  readonly chosen: number | null
  readonly held: boolean
}

const none: SuggestedStore = { list: [], chosen: null, held: false }
export const useSuggested = create<SuggestedStore>()(() => none)

let turn = 0
let pause: ReturnType<typeof setTimeout> | null = null
/** What came while they were held. */
let next: readonly Suggested[] | null = null

function queryOf({ kind, classification: code, district, content }: CaseForm): SuggestQuery {
  return { kind, code, district, text: content.slice(0, SUGGEST_CHARS).replace(/[\uD800-\uDBFF]$/, '') }
}

const take = (list: readonly Suggested[]) => useSuggested.setState({ list, chosen: null })

async function renew(): Promise<void> {
  pause = null
  const { open } = useDraft.getState()
  if (open === null) return
  const mine = (turn += 1)
  const answer = await invoke('kb.suggest', queryOf(open.form))
  // Another case is told nothing of this one.
  if (mine !== turn || !answer.ok) return
  if (useSuggested.getState().held) next = answer.value
  else take(answer.value)
}

/** While the search has the cursor nothing moves; what came meanwhile is shown afterwards. */
export function holdSuggested(held: boolean): void {
  useSuggested.setState({ held, chosen: null })
  if (held || next === null) return
  take(next)
  next = null
}

/** Follows what is written; answers how to stop. */
export function followSuggested(): () => void {
  const wait = () => {
    if (pause !== null) clearTimeout(pause)
    pause = setTimeout(() => void renew(), PAUSE_MS)
  }
  const asked = (form: CaseForm) => JSON.stringify(queryOf(form))
  const stop = useDraft.subscribe(({ open }, before) => {
    if (open?.caseId !== before.open?.caseId) {
      turn += 1
      next = null
      take([])
      if (open !== null) wait()
    } else if (open !== null && before.open !== null && asked(open.form) !== asked(before.open.form)) wait()
  })
  wait()
  return () => {
    stop()
    if (pause !== null) clearTimeout(pause)
  }
}

/** A key in the empty search: false where it is about no suggestion. */
export function pressSuggested(key: string): boolean {
  const { list, chosen } = useSuggested.getState()
  const last = list.length - 1
  if (last < 0) return false
  if (key === 'ArrowDown') useSuggested.setState({ chosen: chosen === null ? 0 : Math.min(last, chosen + 1) })
  else if (key === 'ArrowUp' && chosen !== null) useSuggested.setState({ chosen: chosen === 0 ? null : chosen - 1 })
  else if (key === 'Enter' && chosen !== null) searchFor(list[chosen])
  else return false
  return true
}

export function searchFor(suggested: Suggested | undefined): void {
  if (suggested === undefined) return
  useSuggested.setState({ chosen: null })
  setQuery(suggested.title, false)
}
