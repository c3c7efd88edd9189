/** Where in the page one is: the list, or one case. It stands after the #, which no server is told of. */
import { useSyncExternalStore } from 'react'

const CASE = /^#\/cases\/([0-9a-f-]{36})$/

const subscribe = (tell: () => void) => {
  window.addEventListener('hashchange', tell)
  return () => window.removeEventListener('hashchange', tell)
}

/** The case that is open; null for the list alone. */
export function useOpenCase(): string | null {
  return useSyncExternalStore(subscribe, () => CASE.exec(window.location.hash)?.[1] ?? null)
}

export const caseHref = (caseId: string): string => `#/cases/${caseId}`
