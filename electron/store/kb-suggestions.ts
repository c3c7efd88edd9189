/** What of the articles may be asked for next: by the form so far, and by what answered cases of its class at this desk. */
import { chinaDay } from '../../shared/china-day.ts'
import { rankSuggested, suggestWords, type Suggested, type SuggestQuery } from '../../shared/kb/suggest.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { Articles } from './db/articles.ts'
import type { Cases } from './db/cases.ts'

type Deps = {
  readonly articles: Pick<Articles, 'search' | 'titleOf'>
  readonly cases: Pick<Cases, 'quotedIn'>
  readonly rules: () => CaseRules
  readonly now: () => number
}

const FOUND = 6

export function createKbSuggestions({ articles, cases, rules, now }: Deps) {
  function found(query: SuggestQuery): Suggested[] {
    const words = suggestWords(query, rules().classes.of(query.code)?.name ?? null)
    if (words === '') return []
    const today = chinaDay(now())
    const { hits } = articles.search(words, FOUND, today, { unit: null, district: query.district })
    return hits.filter(({ expired, notBefore }) => !expired && notBefore === null)
  }

  return (query: SuggestQuery): Suggested[] => {
    const quoted = query.code === null ? [] : cases.quotedIn(query.code)
    const standing = quoted.flatMap(({ id, times }) => {
      const title = articles.titleOf(id, chinaDay(now()))
      return title === null ? [] : [{ id, title, times }]
    })
    return rankSuggested(found(query), standing)
  }
}
