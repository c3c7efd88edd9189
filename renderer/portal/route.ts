/** Where in the page one is: the list of cases or one of them, or the unit's articles. It stands after the #, which no server is told of. */
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

const ARTICLES = /^#\/articles(?:\/(.+))?$/

/** Which article is open, null for their list alone; undefined where one is not with articles at all. */
export function useOpenArticle(): string | null | undefined {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  const found = ARTICLES.exec(hash)
  if (found === null) return undefined
  try {
    return found[1] === undefined ? null : decodeURIComponent(found[1])
  } catch {
    return null
  }
}

export const articlesHref = (id?: string): string =>
  id === undefined ? '#/articles' : `#/articles/${encodeURIComponent(id)}`

export function goToArticle(id?: string): void {
  window.location.hash = articlesHref(id)
}
