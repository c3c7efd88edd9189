/** What an article costs a desk that comes to it, alone or with all others, against its row and nothing else. */
import { uuidv7 } from 'uuidv7'
import type { Database } from 'better-sqlite3'
import { unhurried } from '../../electron/store/db/unhurried.ts'
import { takeLivePage } from '../../electron/store/sync/take-changes.ts'
import { must } from '../../shared/errors.ts'
import { indexTokens } from '../../shared/kb/grams.ts'
import { loadInitials, type InitialsOf } from '../../shared/kb/initials.ts'
import { SCANNED } from '../../shared/kb/indexing.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { median, plainFigure, ratioFigure, type Figure } from './figures.ts'
import { fillLibrary, openLibrary, PAGE, type Library } from './support/library.ts'
import { someArticle } from './support/texts.ts'

const EPOCH = 'bench'
const ADDED = 200
/** As an index turn begins; more come together only after a pull (electron/store/index-turns.ts). */
const TURN = 64
const LOADED = 10_000

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

function msOf(work: () => void): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

const textOf = ({ title, questions, body, unit }: Article) => [title, ...questions, body, unit].join('\n')

/** A table of rows alone, and one of FTS5 as it comes over the same tokens. */
function createFloor(db: Database) {
  db.exec(`CREATE TABLE IF NOT EXISTS bare (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE IF NOT EXISTS bare_text USING fts5 (tokens)`)
  const row = db.prepare<[string, string]>('INSERT INTO bare (id, article) VALUES (?, ?)')
  const text = db.prepare<[string]>('INSERT INTO bare_text (tokens) VALUES (?)')
  return {
    row: (article: Article, as: string) => void row.run(`${article.id}-${as}`, JSON.stringify(article)),
    text: (article: Article) => void text.run(indexTokens(textOf(article)).join(' ')),
  }
}

type Desk = {
  /** An article comes along with its sign, as the desk takes it: row, mark and cursor in one commit. */
  take(article: Article): void
  /** All that is left of the index, as its turns do it. */
  index(): void
}

function createDesk({ tables }: Library, initialsOf: InitialsOf): Desk {
  const { articles, meta } = tables
  let cursor = 0
  meta.set('epoch', EPOCH)
  meta.set('cursor', '0')
  return {
    take: (article) => {
      const from = cursor
      cursor += 1
      const changes = [{ kind: 'article' as const, seq: cursor, article }]
      const taken = takeLivePage(tables, { epoch: EPOCH, from, head: cursor, changes }, 0, (_what, error) => {
        throw error
      })
      must(taken || null, 'a page that follows')
    },
    index: () => {
      while (articles.indexTurn(TURN, initialsOf)) continue
    },
  }
}

/** An article more, beside those that stand: found from its commit on, with its index at once, and in a row of such. */
export async function benchAdded(library: Library, count: number): Promise<Figure[]> {
  const { db } = library
  const desk = createDesk(library, await loadInitials())
  const floor = createFloor(db)
  const [bare, synced, byDefault]: [number[], number[], number[]] = [[], [], []]
  const [taken, indexed]: [number[], number[]] = [[], []]
  const more = (from: number) => ({ ...someArticle(count + from), id: `KB-${uuidv7()}` })
  // As pages of the feed are taken: the disk is not waited for.
  const alone = (article: Article, as: string) => unhurried(db, () => floor.row(article, as))
  const withText = db.transaction((article: Article) => {
    floor.row(article, 'text')
    floor.text(article)
  })
  for (let at = 0; at < ADDED; at += 1) {
    const article = more(at)
    bare.push(msOf(() => alone(article, 'alone')))
    synced.push(msOf(() => floor.row(article, 'synced')))
    byDefault.push(msOf(() => withText(article)))
    taken.push(msOf(() => desk.take(article)))
    indexed.push((taken.at(-1) ?? 0) + msOf(desk.index))
  }
  // As many as are looked through outside of the index, as they may come one by one without a quiet moment.
  const row = Array.from({ length: SCANNED }, (_, at) => more(ADDED + at))
  const inRow = msOf(() => row.forEach(desk.take)) + msOf(desk.index)
  const bareRow = msOf(() => row.forEach((article) => alone(article, 'row')))
  const baseline = 'baseline: its row alone in a commit of its own, the disk waited for as little'
  return [
    {
      ...ratioFigure('an article comes, p50', 'ms', median(taken), median(bare), 5),
      note: `${baseline}; waited for ${median(synced).toFixed(2)} ms`,
    },
    {
      ...ratioFigure('an article comes and is indexed alone, p50', 'ms', median(indexed), median(byDefault), 5),
      note: `baseline: row and FTS5 as it comes over the same tokens, synced as the index is; the row alone ${median(bare).toFixed(2)} ms`,
    },
    {
      ...plainFigure(`${SCANNED} come one by one and are indexed, each`, 'ms', inRow / SCANNED, bareRow / SCANNED),
      note: baseline,
    },
  ]
}

/** All of a knowledge base at once, in commits of a page each: rows and index against rows, and against FTS5. */
export async function benchLoaded(): Promise<Figure[]> {
  const library = await openLibrary()
  try {
    const { db } = library
    const floor = createFloor(db)
    const pages = Array.from({ length: LOADED / PAGE }, (_, page) =>
      Array.from({ length: PAGE }, (_unused, at) => someArticle(page * PAGE + at)),
    )
    const inPages = (one: (article: Article) => void) =>
      sum(pages.map((page) => msOf(() => db.transaction(() => page.forEach(one))())))
    const rows = inPages((article) => floor.row(article, 'loaded'))
    const texts = inPages(floor.text)
    const ours = await fillLibrary(library, LOADED, someArticle)
    const each = (ms: number) => (1000 * ms) / LOADED
    return [
      {
        ...plainFigure('an article among all that are loaded', 'µs', each(ours.rows), each(rows)),
        note: 'it stands; baseline: its row alone, in the same commits',
      },
      {
        ...ratioFigure('the same, with its index', 'µs', each(ours.rows + ours.index), each(rows + texts), 2),
        note: `baseline: row and FTS5 as it comes over the same tokens; the row alone ${each(rows).toFixed(0)} µs`,
      },
    ]
  } finally {
    library.close()
  }
}
