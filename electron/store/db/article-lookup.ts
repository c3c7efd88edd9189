import type { Database } from 'better-sqlite3'
import { districtToken, unitToken } from '../../../shared/kb/article-text.ts'
import type { Term } from '../../../shared/kb/grams.ts'
import type { SearchScope } from '../../../shared/kb/hit.ts'

/** An article as it lies in its table: its JSON text. */
export type ArticleRow = { readonly rowid: number; readonly article: string }

/** What the index answers, as row numbers. */
export type ArticleLookup = {
  /** Articles whose title, names or questions have all terms: the best, or of very many some. */
  inTitles(terms: readonly Term[], scope: SearchScope, limit: number): number[]
  /** Articles that have all terms anywhere, in no order. */
  anywhere(terms: readonly Term[], scope: SearchScope, limit: number): number[]
  /** Articles that have all of these tokens in title, names or questions; at most `most`. */
  having(tokens: readonly string[], scope: SearchScope, most: number): readonly number[]
  /** Whether some title or other name has the token: then it is what articles are about, not only how citizens talk. */
  isNamed(token: string): boolean
  /** Articles that have the token anywhere; at most `most`. */
  below(token: string, scope: SearchScope, most: number): readonly number[]
  /** Articles whose title, names or questions sound so: a pair of sounds. */
  sounding(pair: string, most: number): readonly number[]
  /** Articles whose titles or names have these letters as initials, in a row or else with others between them. */
  byInitials(letters: string, limit: number): number[]
  rows(rowids: readonly number[]): ArticleRow[]
  /** About how many articles there are; never less. */
  size(): number
  /** The index has changed: what was answered before is not known any more. */
  forget(): void
}

/** FTS5 quotes each token, so nothing that a caller says can be read as its syntax. */
const quoted = (token: string) => `"${token.replaceAll('"', '""')}"`

function scopeMatch({ unit, district }: SearchScope): string[] {
  const unitPart = unit === null ? [] : [quoted(unitToken(unit))]
  // What holds in the whole city holds there too.
  const places = district === null ? [] : [`(${quoted(districtToken(district))} OR ${quoted(districtToken(null))})`]
  return [...unitPart, ...places]
}

const matchAll = (parts: readonly string[], scope: SearchScope) => [...parts, ...scopeMatch(scope)].join(' AND ')

const partsOf = (terms: readonly Term[]) =>
  terms.flatMap((term) => term.tokens.map((token) => quoted(token) + (term.prefix ? '*' : '')))

/** Among more than this many the best are not looked for: bm25 reads each of them. */
const RANKED = 400
/** So many letters may have others between them: ddcsp is 电动自行车上牌. */
const LEAST_SCATTERED = 4
/** So many answers are remembered, at most 500 numbers each. */
const REMEMBERED = 400

export function createArticleLookup(db: Database): ArticleLookup {
  /** As one value: a row for each would cost more than finding it. */
  const someOf = (table: string) =>
    db
      .prepare<[string, number], string>(
        `SELECT json_group_array(rowid) FROM
           (SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ?)`,
      )
      .pluck()
  const titles = someOf('article_titles')
  const bodies = someOf('article_bodies')
  const sounds = someOf('article_sounds')
  const best = db
    .prepare<[string, number], number>(
      'SELECT rowid FROM article_titles WHERE article_titles MATCH ? ORDER BY bm25(article_titles, 2.0, 1.0) LIMIT ?',
    )
    .pluck()
  const byInitials = db
    .prepare<[string, number], number>('SELECT rowid FROM article_initials WHERE instr(initials, ?) > 0 LIMIT ?')
    .pluck()
  const scattered = db
    .prepare<[string, number], number>('SELECT rowid FROM article_initials WHERE initials LIKE ? LIMIT ?')
    .pluck()
  const rows = db.prepare<[string], ArticleRow>(
    'SELECT a.rowid, a.article FROM json_each(?) j CROSS JOIN articles a ON a.rowid = j.value',
  )
  const size = db.prepare<[], number | null>('SELECT max(rowid) FROM articles').pluck()

  const found = (statement: typeof titles, match: string, most: number) =>
    match === '' ? [] : (JSON.parse(statement.get(match, most) ?? '[]') as number[])

  /** Answers of a few searches in a row, which mostly ask for the same and one thing more. */
  const known = new Map<string, readonly number[]>()
  function remembered(statement: typeof titles, name: string, match: string, most: number): readonly number[] {
    const key = `${name} ${most} ${match}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= REMEMBERED) known.clear()
    const rowids = found(statement, match, most)
    known.set(key, rowids)
    return rowids
  }

  return {
    inTitles: (terms, scope, limit) => {
      if (terms.length === 0) return []
      const match = matchAll(partsOf(terms), scope)
      const all = found(titles, match, RANKED)
      return all.length <= limit || all.length === RANKED ? all.slice(0, limit) : best.all(match, limit)
    },
    anywhere: (terms, scope, limit) =>
      terms.length === 0 ? [] : found(bodies, matchAll(partsOf(terms), scope), limit),
    having: (tokens, scope, most) =>
      tokens.length === 0 ? [] : remembered(titles, 'titles', matchAll(tokens.map(quoted), scope), most),
    isNamed: (token) => remembered(titles, 'titles', `{tokens} : ${quoted(token)}`, 1).length > 0,
    below: (token, scope, most) => remembered(bodies, 'bodies', matchAll([quoted(token)], scope), most),
    sounding: (pair, most) => remembered(sounds, 'sounds', quoted(pair), most),
    byInitials: (letters, limit) => {
      const inRow = byInitials.all(letters, limit)
      if (inRow.length > 0 || letters.length < LEAST_SCATTERED) return inRow
      return scattered.all(`%${[...letters].join('%')}%`, limit)
    },
    rows: (rowids) => (rowids.length === 0 ? [] : rows.all(JSON.stringify(rowids))),
    size: () => size.get() ?? 0,
    forget: () => known.clear(),
  }
}
