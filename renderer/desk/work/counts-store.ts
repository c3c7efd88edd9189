/** How many cases stand where something is owed, as central counts them. */
import { create } from 'zustand'
import type { CaseCounts } from '../../../shared/case/case-line.ts'
import { invoke } from '../../ui/bridge.ts'

type CountsStore = {
  /** Null while they are not known: central is away, or has not been asked yet. */
  readonly states: CaseCounts['states'] | null
}

export const useCounts = create<CountsStore>()(() => ({ states: null }))

/** However much happens, central is asked once in this time by a desk; and once a minute where nothing does. */
const LEAST_MS = 10_000
const REST_MS = 60_000

let asking = false
let waiting: number | null = null
let askedAt = Number.NEGATIVE_INFINITY

/** Asks central anew, unless a question is under way. */
export async function refreshCounts(): Promise<void> {
  if (asking) return
  asking = true
  askedAt = performance.now()
  const answer = await invoke('case.counts', null)
  asking = false
  useCounts.setState({ states: answer.ok ? answer.value.states : null })
}

/** Something changed at central: the counts follow, soon. */
export function noteCaseNews(): void {
  waiting ??= window.setTimeout(
    () => {
      waiting = null
      void refreshCounts()
    },
    Math.max(0, askedAt + LEAST_MS - performance.now()),
  )
}

/** From the sign-in on; most cases are of other desks, and this one does not hear of them. */
export function keepCounting(): void {
  window.setInterval(() => {
    if (performance.now() - askedAt >= REST_MS) void refreshCounts()
  }, REST_MS / 4)
}

export const clearCounts = (): void => useCounts.setState({ states: null })
