import { hasTokens, type Term } from '../../../shared/kb/grams.ts'
import { anywhere, isWithin, type ArticleHit, type SearchAnswer, type SearchScope } from '../../../shared/kb/hit.ts'
import { SCANNED } from '../../../shared/kb/indexing.ts'
import { understand } from '../../../shared/kb/query.ts'
import type { Readable } from '../../../shared/kb/readable.ts'
import { createScorer, marksIn, type Score } from '../../../shared/kb/score.ts'
import { snippetOf } from '../../../shared/kb/snippet.ts'
import type { SynonymFinder } from '../../../shared/kb/synonyms.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import type { ArticleIndex } from './article-index.ts'
import type { ArticleLookup } from './article-lookup.ts'
import { lookNear } from './article-near.ts'
import type { ArticleReader, ReadArticle } from './article-reader.ts'

/** How many are looked at of those that have all words, and of those that share some. */
const CANDIDATES = 30
const NEAR = 48
/** Of very many articles fewer: reading one that was not read lately costs more there. */
const MANY = 10_000
const NEAR_OF_MANY = 16
/** So many bodies are looked at for words that stand in them as they were typed, if the first SOME are not enough. */
const MOST_BODIES = 2000
const SOME_BODIES = 48
const BODIES = 12
/** What shares less with a query, or answers so much worse than the best, is not shown; from SURE on it answers it. */
const LEAST = 0.12
const LEAST_OF_BEST = 0.35
const SURE = 0.6
/** What an article is worth more that has all words as they were typed. */
const EXACT = 0.2
/** What part of its score an article keeps that does not hold today. */
const NOT_VALID = 0.5

type Ranked = Score & ReadArticle & { readonly exact: boolean; readonly rank: number }

/** Whether texts show every term in order and unbroken (but 8 路 is 8路), by whole tokens (8路 is not 18路). */
function show(texts: readonly string[], terms: readonly Term[]): boolean {
  return terms.every((term) =>
    texts.some((one) => one.includes(term.text) && (!/[a-z0-9]/.test(term.text) || hasTokens(one, [term]))),
  )
}

function showsAll({ lines, body, unit }: Readable, terms: readonly Term[]): boolean {
  const head = lines.map(({ text }) => text)
  return show(head, terms) || show([...head, body(), unit], terms)
}

/** Whether an article holds on a day (2026-11-23). */
export const holds = ({ validFrom, validUntil }: Article, today: string) =>
  validUntil >= today && (validFrom === undefined || validFrom <= today)

function hitOf(article: Article, marks: readonly string[], today: string): ArticleHit {
  const { id, version, title, body, source, unit, district, validUntil, validFrom } = article
  const notBefore = validFrom !== undefined && validFrom > today ? validFrom : null
  const snippet = snippetOf(body, marks)
  return {
    id,
    version,
    title,
    body,
    snippet,
    source,
    unit,
    district,
    validUntil,
    expired: validUntil < today,
    notBefore,
  }
}

const isSure = ({ exact, share }: Ranked) => exact || share >= SURE

/** What has all words is shown before what only shares some is; both then in the order of their ranks. */
function choose(ranked: readonly Ranked[], limit: number): Ranked[] {
  const byRank = (some: readonly Ranked[]) => some.toSorted((a, b) => b.rank - a.rank || b.rowid - a.rowid)
  const best = Math.max(0, ...ranked.map(({ rank }) => rank))
  const exact = byRank(ranked.filter((one) => one.exact))
  const near = byRank(ranked.filter((one) => !one.exact && one.share >= LEAST && one.rank >= LEAST_OF_BEST * best))
  return byRank([...exact, ...near].slice(0, limit))
}

/** The search of one store: the index, and beside it what is so new that it is not in there yet. */
export function createArticleSearch(
  index: ArticleIndex,
  lookup: ArticleLookup,
  { read }: ArticleReader,
  meantIn: () => SynonymFinder,
) {
  /** Articles that show all terms anywhere, at most about `wanted`: having all their pairs they need not. */
  function inBodies(terms: readonly Term[], scope: SearchScope, wanted: number): number[] {
    const shown: number[] = []
    let from = 0
    for (const most of [SOME_BODIES, MOST_BODIES]) {
      const rowids = lookup.anywhere(terms, scope, most)
      for (; from < rowids.length && shown.length < wanted; from += BODIES) {
        for (const { rowid, readable } of read(rowids.slice(from, from + BODIES)))
          if (showsAll(readable, terms)) shown.push(rowid)
      }
      if (rowids.length < most) break
    }
    return shown
  }

  /** The best `limit` articles; `today` (2026-11-23) tells which hold. */
  return (query: string, limit: number, today: string, scope: SearchScope = anywhere): SearchAnswer => {
    const asked = understand(query, meantIn())
    if (asked.pieces.length === 0) return { query, hits: [], marks: [], near: false }
    const near = lookNear(lookup, asked, scope)
    const fresh = index.newest(SCANNED)
    const most = lookup.size() > MANY ? NEAR_OF_MANY : NEAR

    function rank(rowids: ReadonlySet<number>, withSounds: boolean): Ranked[] {
      const score = createScorer(asked, near.weights, withSounds, near.rare)
      const rows = read([...rowids, ...fresh]).filter(({ article }) => isWithin(scope, article))
      return rows.map((one): Ranked => {
        const scored = score(one.readable, (gram) => near.initials.get(gram)?.has(one.rowid) === true)
        const exact = showsAll(one.readable, asked.terms)
        const value = (scored.score + (exact ? EXACT : 0)) * (holds(one.article, today) ? 1 : NOT_VALID)
        return { ...scored, ...one, exact, rank: value }
      })
    }

    // Each source is asked only where the ones before found too little.
    const inHeads = near.all(asked.terms)
    const found = new Set(
      inHeads !== null && inHeads.length <= CANDIDATES ? inHeads : lookup.inTitles(asked.terms, scope, CANDIDATES),
    )
    const take = (rowids: readonly number[]) => rowids.forEach((rowid) => found.add(rowid))
    if (found.size < limit) take(inBodies(asked.terms, scope, limit - found.size))
    if (found.size < limit || asked.isLoose) take(near.best(most))
    const isExact = read([...found, ...fresh]).some(
      ({ article, readable }) => isWithin(scope, article) && showsAll(readable, asked.terms),
    )
    if (!isExact) take(near.bestSounding(most))
    const ranked = rank(found, !isExact)
    const best = choose(ranked, limit)
    const marks = [...new Set(best.flatMap(({ readable }) => marksIn(asked, readable)))]
    return {
      query,
      hits: best.map(({ article }) => hitOf(article, marks, today)),
      marks,
      near: best.length > 0 && !best.some(isSure),
    }
  }
}
