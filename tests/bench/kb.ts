/** The knowledge search over a hundred thousand articles while somebody types, against LIKE and a bare match of FTS5. */
import type { Database } from 'better-sqlite3'
import { foldText, indexTokens, queryTerms } from '../../shared/kb/grams.ts'
import { must } from '../../shared/errors.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { benchAdded, benchLoaded } from './adding.ts'
import { leastFigure, median, percentile, plainFigure, ratioFigure, type Figure } from './figures.ts'
import { progress } from './support/ground.ts'
import { fillLibrary, openLibrary, type Library } from './support/library.ts'
import { createDice, someArticle } from './support/texts.ts'

const ARTICLES = Number(process.env['SANXIN_BENCH_ARTICLES'] ?? 100_000)
const LIMIT = 8
const TODAY = '2026-11-26'
const LOOKS = 400
const SCANS = 12

const textOf = ({ title, questions, body, unit }: Article) => [title, ...questions, body, unit].join('\n')

/** `length` characters in a row out of an article. */
function wordOf(look: number, length: number): string {
  const { next } = createDice(look + 77)
  const text = textOf(someArticle(next(ARTICLES)))
  const runs = [...text.matchAll(/\p{Script=Han}{2,}/gu)].map(([run]) => run).filter((run) => run.length >= length)
  const run = must(runs[next(runs.length)], 'a run')
  const from = next(run.length - length + 1)
  return run.slice(from, from + length)
}

/** What somebody types, one more character each time: a word, two words, or a whole question. */
function typed(look: number): string[] {
  const { next, pick } = createDice(look + 5000)
  const question = pick(someArticle(next(ARTICLES)).questions)
  const whole = [wordOf(look, 4), `${wordOf(look, 2)} ${wordOf(look + 9000, 2)}`, question][look % 3] ?? question
  return Array.from(whole, (_, at) => whole.slice(0, at + 1))
}

/** How long something takes, and how much of the processor: on a machine that others use these differ. */
function timed<T>(work: () => T): { ms: number; processor: number; value: T } {
  const used = process.cpuUsage()
  const began = performance.now()
  const value = work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(used)
  return { ms, processor: (user + system) / 1000, value }
}

const quoted = (token: string) => `"${token.replaceAll('"', '""')}"`

function typing({ db, articles }: Library): Figure[] {
  const bare = db
    .prepare<[string, number], number>('SELECT rowid FROM article_bodies WHERE article_bodies MATCH ? LIMIT ?')
    .pluck()
  const keys = Array.from({ length: LOOKS / 4 }, (_, look) => typed(look)).flat()
  for (const query of keys.slice(0, 100)) articles.search(query, LIMIT, TODAY)
  const taken = keys.map((query) => timed(() => articles.search(query, LIMIT, TODAY)))
  const ours = taken.map(({ ms }) => ms)
  const floor = keys.flatMap((query) => {
    const match = queryTerms(query)
      .flatMap(({ tokens }) => tokens.map(quoted))
      .join(' AND ')
    return match === '' ? [] : [timed(() => bare.all(match, LIMIT)).ms]
  })
  const slow = keys.map((query, at) => ({ query, ms: ours[at] ?? 0 })).toSorted((a, b) => b.ms - a.ms)
  progress(
    `slowest: ${slow
      .slice(0, 8)
      .map(({ query, ms }) => `${query} ${ms.toFixed(1)}`)
      .join(' · ')}`,
  )
  const p99 = percentile(ours, 0.99)
  const processor = percentile(
    taken.map((one) => one.processor),
    0.99,
  )
  const note = `${keys.length} keys; baseline: a bare prepared match`
  return [
    { ...plainFigure('as you type, p50', 'ms', median(ours), median(floor)), note },
    {
      ...plainFigure('as you type, p99', 'ms', p99, percentile(floor, 0.99)),
      ...{ note, target: '≤ 8 ms', ok: p99 <= 8 },
    },
    { ...plainFigure('as you type, p99 of the processor', 'ms', processor, p99), note: 'baseline: by the clock' },
  ]
}

/** Two characters, as LIKE would find and rank them: by scanning all. */
function againstLike({ db, articles }: Library): Figure {
  const like = db
    .prepare<[string, string, number], string>(
      `SELECT id FROM articles WHERE article LIKE ?
       ORDER BY json_extract(article, '$.title') LIKE ? DESC LIMIT ?`,
    )
    .pluck()
  const words = Array.from({ length: LOOKS }, (_, look) => wordOf(look, 2))
  const ours = words.map((word) => timed(() => articles.search(word, LIMIT, TODAY)).ms)
  const scans = words.slice(0, SCANS).map((word) => timed(() => like.all(`%${word}%`, `%${word}%`, LIMIT)).ms)
  const figure = leastFigure('two characters, per second, p50', '1/s', 1000 / median(ours), 1000 / median(scans), 100)
  return { ...figure, note: 'baseline: LIKE over the same table, titles first' }
}

/** Of the articles that have the words, as many as can be shown are shown, and nothing else before them. */
function recall({ db, articles }: Library): Figure {
  const folded = new Map<string, string>()
  for (const text of db.prepare<[], string>('SELECT article FROM articles').pluck().iterate()) {
    const article = JSON.parse(text) as Article
    folded.set(article.id, foldText(textOf(article)))
  }
  let [found, asked] = [0, 0]
  for (let look = 0; look < SCANS * 4; look += 1) {
    const words = [wordOf(look, 2 + (look % 5)), ...(look % 2 ? [wordOf(look + 500, 2)] : [])].map(foldText)
    const having = new Set(
      [...folded].flatMap(([id, text]) => (words.every((word) => text.includes(word)) ? [id] : [])),
    )
    const wanted = Math.min(LIMIT, having.size)
    const shown = articles.search(words.join(' '), LIMIT, TODAY).hits.slice(0, wanted)
    const right = shown.filter(({ id }) => having.has(id)).length
    if (right < wanted) progress(`${words.join(' ')}: ${right} of ${wanted}`)
    found += right
    asked += wanted
  }
  const note = 'baseline: a look into every text'
  return { ...plainFigure('recall', `of ${asked}`, found / asked, 1), target: '1', ok: found === asked, note }
}

/** The bytes of the index's tables beside those of the articles. */
function size(db: Database): Figure {
  const bytes = (where: string) =>
    db.prepare<[], number>(`SELECT sum(pgsize) FROM dbstat WHERE ${where}`).pluck().get() ?? Number.NaN
  let source = 0
  try {
    source = db.prepare<[], number>('SELECT sum(length(CAST(article AS BLOB))) FROM articles').pluck().get() ?? 0
    const index = bytes("name LIKE 'article\\_%' ESCAPE '\\'")
    return ratioFigure('the index', 'MB', index / 1e6, source / 1e6, 0.75)
  } catch (error) {
    progress(`without dbstat: ${String(error)}`)
    return plainFigure('the index', 'MB', Number.NaN, source / 1e6)
  }
}

/** `npm run bench -- kb`; SANXIN_BENCH_ARTICLES for another number of articles. */
export async function benchKb(): Promise<Figure[]> {
  const library = await openLibrary()
  try {
    const { rows, index } = await fillLibrary(library, ARTICLES, someArticle)
    progress(`${ARTICLES} articles: rows ${Math.round(rows)} ms, index ${Math.round(index)} ms`)
    progress(`${indexTokens(textOf(someArticle(1))).length} tokens in one`)
    const figures = [...typing(library), againstLike(library), recall(library), size(library.db)]
    return [...figures, ...(await benchAdded(library, ARTICLES)), ...(await benchLoaded())]
  } finally {
    library.close()
  }
}
