/** A knowledge base that a desk pulls for the first time: when its rows stand, when all of it is indexed, and who waits. */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { publishArticles } from '../../central/kb/service.ts'
import { fullForm } from '../store/store-fixture.ts'
import { isWanted, median, overFigure, percentile, ratioFigure, type Figure } from './figures.ts'
import { indexByDefault } from './support/floor-index.ts'
import { inTurns } from './support/first-pull.ts'
import { replicate } from './support/floor-replication.ts'
import { progress, type Ground } from './support/ground.ts'
import { openStoreDesk, type StoreDesk } from './support/store-desk.ts'
import { someArticle } from './support/texts.ts'
import { enrolDesk, type ThinDesk } from './support/thin-desk.ts'

const ARTICLES = Number(process.env['SANXIN_BENCH_ARTICLES'] ?? 100_000)
/** An operator who saves without end would give the index no rest; this is still far more than anyone does. */
const SAVE_EVERY_MS = 250
const SAVES = 80
/** Of the whole, each into a store of its own. */
const PULLS = 4
/** How often a long pull says how far it is. */
const TELL_MS = 15_000

async function publish(databaseUrl: string): Promise<void> {
  const db = openPostgres(databaseUrl, { connections: 1 })
  for (let from = 0; from < ARTICLES; from += 1000) {
    const count = Math.min(1000, ARTICLES - from)
    await publishArticles(
      db,
      Array.from({ length: count }, (_, index) => someArticle(from + index)),
    )
  }
  await db.close()
  progress(`${ARTICLES} articles stand at central`)
}

/** When all rows stand. */
async function pulled(desk: StoreDesk): Promise<void> {
  let told = performance.now()
  await desk.until(({ articles }, more) => {
    if (performance.now() - told > TELL_MS) {
      told = performance.now()
      progress(`so far ${articles} articles`)
    }
    return !more && articles === ARTICLES
  })
}

/** Saves cases at even times while `go` holds; how long each took from when it was due, for a turn may be in its way. */
async function saveWhile(desk: StoreDesk, go: (saved: number) => boolean): Promise<number[]> {
  const took: number[] = []
  while (go(took.length)) {
    const due = performance.now() + SAVE_EVERY_MS
    await delay(SAVE_EVERY_MS)
    await desk.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    took.push(performance.now() - due)
  }
  return took
}

/** When all rows are in the index. */
async function indexed(desk: StoreDesk): Promise<number> {
  const began = performance.now()
  await desk.until(({ unindexed }) => unindexed === 0)
  return performance.now() - began
}

/**
 * Central closes a connection that nothing came over for 72 s. Whoever kept the event loop for so long has not heard it,
 * and what is asked next would go over that one and be answered as if central were away.
 */
async function hearWhatCame(): Promise<void> {
  // The first turn may end before the network is looked at.
  await turn()
  await turn()
}

/** Figures of rows, of their index, and of saves meanwhile; on a database of its own, with replication as the floor. */
export async function benchArticles(ground: Ground): Promise<Figure[]> {
  const databaseUrl = await ground.database('articles')
  await publish(databaseUrl)
  const { url } = await ground.central(databaseUrl)
  const as = await enrolDesk(url)
  const figures: Figure[] = []
  if (isWanted('articles')) {
    const floor = await replicate(ground.sql(databaseUrl), databaseUrl, [{ table: 'articles', key: 'id' }], 1000)
    const { pull, floor: least, note } = await inTurns(ground, url, { as, floor, rounds: PULLS })
    figures.push({ ...ratioFigure(`first pull, ${ARTICLES} articles`, 'ms', pull, least, 2), note })
  }
  if (isWanted('index')) figures.push(...(await benchIndex(ground, url, as)))
  return figures
}

async function benchIndex(ground: Ground, url: string, as: ThinDesk): Promise<Figure[]> {
  const dir = ground.folder()
  const desk = await openStoreDesk(url, dir, as)
  try {
    await pulled(desk)
    const alone = await indexed(desk)
    progress(`index of ${ARTICLES}: ${Math.round(alone)} ms, ${Math.round((1000 * alone) / ARTICLES)} µs each`)
    const byDefault = await indexByDefault(desk.db, dir)
    await hearWhatCame()
    progress(`FTS5 as it comes: ${Math.round(byDefault)} ms`)
    return [
      { ...ratioFigure(`their index, in turns`, 'ms', alone, byDefault, 2), note: 'against FTS5 as it comes' },
      await benchSaves(desk),
    ]
  } finally {
    await desk.close()
  }
}

/** Marks everything anew, and saves while it is indexed. */
async function benchSaves(desk: StoreDesk): Promise<Figure> {
  await desk.ask('store.signIn', { staffNo: '1003', password: DEMO_PASSWORD })
  const without = await saveWhile(desk, (saved) => saved < SAVES)
  desk.db.exec(`BEGIN;
    INSERT INTO article_titles (article_titles) VALUES ('delete-all');
    INSERT INTO article_bodies (article_bodies) VALUES ('delete-all');
    DELETE FROM article_initials;
    INSERT INTO articles_unindexed SELECT rowid FROM articles;
    COMMIT`)
  let left = ARTICLES
  const done = desk.until(({ unindexed }) => {
    left = unindexed
    return left === 0
  })
  const during = await saveWhile(desk, (saved) => left > 0 && saved < 4 * SAVES)
  await done
  progress(`saves: ${during.length} while indexing p50 ${median(during).toFixed(1)}, ${without.length} without`)
  const [slow, plain] = [percentile(during, 0.99), percentile(without, 0.99)]
  return overFigure('a save while articles are indexed, p99', 'ms', slow, plain, 20)
}
