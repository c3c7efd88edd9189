import { foldText, indexTokens, queryTerms, type Term } from '../../../shared/kb/grams.ts'
import type { ArticleHit, SearchAnswer } from '../../../shared/kb/hit.ts'
import { SCANNED } from '../../../shared/kb/indexing.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import { headOf, type ArticleIndex, type ArticleRow } from './article-index.ts'

const CANDIDATES = 60

type Candidate = {
  readonly rowid: number
  readonly article: Article
  /** Found by what it need not show as it was asked. */
  readonly sure: boolean
}

const searchable = (article: Article) => [article.title, ...article.questions, article.body, article.unit].join('\n')

/** Whether a text shows every term in order and unbroken (but 8 路 is 8路): a gram index finds candidates only. */
function shows(text: string, terms: readonly Term[]): boolean {
  const plain = foldText(text).replaceAll(' ', '')
  return terms.every(({ text: wanted }) => plain.includes(wanted))
}

/** Whether the index would find the terms in a text, had it been brought in: every token (8路 is not 18路), unbroken. */
function wouldBeFound(text: string, terms: readonly Term[]): boolean {
  if (!shows(text, terms)) return false
  const has = new Set(indexTokens(text))
  const hasToken = (token: string, prefix: boolean) =>
    has.has(token) || (prefix && [...has].some((one) => one.startsWith(token)))
  return terms.every(({ tokens, prefix }) => tokens.every((token) => hasToken(token, prefix)))
}

/** The unindexed articles that share tokens with the query in their heads, by what part of them, most first. */
function sharingOf(articles: readonly Candidate[], terms: readonly Term[]): { one: Candidate; share: number }[] {
  const wanted = [...new Set(terms.flatMap((term) => term.tokens))]
  return articles
    .map(({ rowid, article }) => {
      const has = new Set(indexTokens(headOf(article)))
      const shared = wanted.filter((token) => has.has(token)).length
      return { one: { rowid, article, sure: true }, share: shared / wanted.length }
    })
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
}

/** From here on an unindexed article is put before what the index finds for a whole question. */
const MOST = 0.5

/** The search of one store: the index, and before it what is so new that it is not in there yet. */
export function createArticleSearch(index: ArticleIndex) {
  const read = ({ rowid, article }: ArticleRow, sure: boolean): Candidate => ({
    rowid,
    article: JSON.parse(article) as Article,
    sure,
  })

  function* fromIndex(rows: readonly ArticleRow[], sure: boolean): Generator<Candidate> {
    for (const row of rows) yield read(row, sure)
  }

  /** Candidates in the order of the policy; each source is asked only while there is room. */
  function* candidates(terms: readonly Term[], query: string): Generator<Candidate> {
    const fresh = terms.length === 0 ? [] : index.newest(SCANNED).map((row) => read(row, false))
    yield* fresh.filter(({ article }) => wouldBeFound(headOf(article), terms))
    yield* fromIndex(index.inTitles(terms, CANDIDATES), false)
    yield* fresh.filter(({ article }) => wouldBeFound(searchable(article), terms))
    yield* fromIndex(index.anywhere(terms, CANDIDATES), false)
    const letters = foldText(query).replace(/\s/g, '')
    if (/^[a-z0-9]{2,}$/.test(letters)) yield* fromIndex(index.byInitials(letters, CANDIDATES), true)
    // A whole question rarely stands in an article as it was asked: then whatever shares most with it.
    const sharing = sharingOf(fresh, terms)
    for (const { one, share } of sharing) if (share >= MOST) yield one
    yield* fromIndex(index.sharing(terms, CANDIDATES), true)
    for (const { one } of sharing) yield one
  }

  /** The best `limit` articles; `today` (2026-11-23) tells which are no longer valid. */
  return (query: string, limit: number, today: string): SearchAnswer => {
    const terms = queryTerms(query)
    const found = new Map<number, ArticleHit>()
    const marks = new Set<string>()
    for (const { rowid, article, sure } of candidates(terms, query)) {
      if (found.size >= limit) break
      if (found.has(rowid)) continue
      const exact = shows(searchable(article), terms)
      if (!sure && !exact) continue
      for (const term of terms) for (const mark of exact ? [term.text] : term.tokens) marks.add(mark)
      const { id, version, title, body, source, validUntil } = article
      found.set(rowid, { id, version, title, body, source, validUntil, expired: validUntil < today })
    }
    return { query, hits: [...found.values()], marks: [...marks] }
  }
}
