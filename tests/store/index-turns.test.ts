/** When the index follows: by the order of what happens, on timers that fire when the test says. */
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import type { TurnWork } from '../../electron/store/db/article-index.ts'
import { createIndexTurns } from '../../electron/store/index-turns.ts'
import { must } from '../../shared/errors.ts'
import { loadInitials } from '../../shared/kb/initials.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { createArticles } from '../../electron/store/db/articles.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

// So that the turns find the dictionary at once.
await loadInitials()

/** Turns on a clock that the test sets: each takes `costs` ms, and `left` of them have something to do. */
function turnsOf({ left, costs = 12 }: { left: number; costs?: number }) {
  const work: { now: TurnWork } = { now: 'articles' }
  const state = { left, costs, time: 0, failing: false }
  const sizes: number[] = []
  const waiting: { ms: number; run: () => void }[] = []
  const told: number[] = []
  const logged: string[] = []
  const turns = createIndexTurns({
    articles: {
      unindexed: () => state.left,
      indexTurn: (size, _initialsOf, pages = size) => {
        if (state.failing) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
        sizes.push(work.now === 'articles' ? size : pages)
        state.time += state.costs
        if (state.left === 0) return null
        state.left -= 1
        return work.now
      },
    },
    timers: {
      after: (ms, run) => {
        const timer = { ms, run }
        waiting.push(timer)
        return () => {
          if (waiting.includes(timer)) waiting.splice(waiting.indexOf(timer), 1)
        }
      },
    },
    elapsed: () => state.time,
    progress: () => void told.push(state.left),
    log: (event) => void logged.push(event),
  })
  const next = async () => {
    waiting.shift()?.run()
    // The dictionary lies ready: a turn of the loop is all that its import takes.
    await loadInitials()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { turns, state, work, sizes, told, logged, next, waits: () => waiting.map(({ ms }) => ms) }
}

test('S12.4 news puts the next turn off till it is quiet; without anything to do none is planned', async () => {
  const { turns, state, sizes, next, waits } = turnsOf({ left: 2 })
  turns.wake()
  turns.wake()
  expect(waits()).toEqual([100])
  await next()
  expect([sizes.length, waits()]).toEqual([1, [0]])
  turns.wake()
  expect(waits()).toEqual([100])
  while (waits().length > 0) await next()
  expect(state.left).toBe(0)
  turns.wake()
  expect(waits()).toEqual([])
})

test('S12.1 turns that are short grow, those that are long shrink', async () => {
  const { turns, state, sizes, next } = turnsOf({ left: 100, costs: 1 })
  turns.wake()
  for (let turn = 0; turn < 5; turn++) await next()
  expect(sizes).toEqual([64, 128, 256, 256, 256])
  state.costs = 40
  for (let turn = 0; turn < 6; turn++) await next()
  expect(sizes.slice(5)).toEqual([256, 128, 64, 32, 32, 32])
})

test('S12.1 turns that join pages grow no further, and make none longer that takes articles in', async () => {
  const { turns, state, work, sizes, next } = turnsOf({ left: 100, costs: 40 })
  work.now = 'pages'
  turns.wake()
  for (let turn = 0; turn < 3; turn++) await next()
  state.costs = 1
  for (let turn = 0; turn < 3; turn++) await next()
  expect(sizes).toEqual([64, 32, 32, 32, 64, 64])
  work.now = 'articles'
  state.costs = 12
  await next()
  state.costs = 1
  for (let turn = 0; turn < 2; turn++) await next()
  expect(sizes.slice(6)).toEqual([64, 64, 128])
})

test('progress is told twice a second, and when nothing is left', async () => {
  const { turns, told, next, waits } = turnsOf({ left: 100, costs: 10 })
  turns.wake()
  while (waits().length > 0) await next()
  expect(told).toEqual([99, 49, 0])
})

test('S12.1 a turn that the disk refuses is logged and tried again', async () => {
  const { turns, state, logged, next, waits } = turnsOf({ left: 1 })
  state.failing = true
  turns.wake()
  await next()
  expect([logged, waits()]).toEqual([['indexFailed'], [15_000]])
  state.failing = false
  while (waits().length > 0) await next()
  expect(state.left).toBe(0)
})

const many = (count: number): Article[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `KB-${at}`,
    version: 1,
    family: 'many',
    title: `第${at}条 垃圾分类`,
    body: `正文${at}，投放时间为每天早上`,
    source: '市城管局',
    unit: '市城管局',
    validUntil: '2027-03-31',
    district: null,
    questions: [],
  }))

test('S12.4 a save is answered between two turns, which go on after it and end', async () => {
  const before = await openFixture()
  const articles = createArticles(before.db)
  before.db.transaction(() => many(3000).forEach((one) => articles.put(one)))()
  const store = await signedIn(await openFixture(before.dir, before.central))
  const unindexed = async () => (await store.ask('sync.status', null)).unindexed
  await expect
    .poll(async () => {
      await store.settle()
      return unindexed()
    })
    .toBeLessThan(3000)
  const left = await unindexed()
  expect(left).toBeGreaterThan(0)
  await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
  expect(await unindexed()).toBe(left)
  while ((await unindexed()) > 0) await store.settle()
  expect((await store.ask('kb.search', { query: '第0条' })).hits[0]?.id).toBe('KB-0')
  const told = store.published.flatMap(({ name, data }) =>
    name === 'sync.changed' ? [(data as { unindexed: number }).unindexed] : [],
  )
  expect(told).toEqual(told.toSorted((a, b) => b - a))
})

test('S12.4 each page of a pull puts indexing off, told of or not', async () => {
  const store = await signedIn(await openFixture())
  store.central.page = 1
  for (const one of many(6)) store.central.publish(one)
  const has = () => store.db.prepare('SELECT count(*) FROM articles').pluck().get() as number
  await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
  const pages: unknown[] = []
  for (let before = 0; before < 6; before = has()) {
    while (has() === before) await store.fire()
    pages.push([has(), store.waits().filter((ms) => ms === 100)])
  }
  expect(pages).toEqual([1, 2, 3, 4, 5, 6].map((at) => [at, [100]]))
})

/** What a desk told of how much it has and whether more comes, each once. */
const toldBy = ({ published }: StoreFixture): string[] => [
  ...new Set(
    published.flatMap(({ name, data }) => {
      if (name !== 'sync.changed') return []
      const { articles, more } = data as { articles: number; more: boolean }
      return [`${articles}${more ? ' and more' : ''}`]
    }),
  ),
]

const cursorOf = ({ db }: StoreFixture) =>
  db.prepare<[], string>(`SELECT value FROM meta WHERE key = 'cursor'`).pluck().get()

/** Signs in at a desk that fetches five changes, two at a time, and has them. */
async function fetchFive(store: StoreFixture, give: (at: number) => void): Promise<void> {
  store.central.page = 2
  for (let at = 1; at <= 5; at += 1) give(at)
  await signedIn(store)
  while (cursorOf(store) !== '5') await store.settle()
}

test('S12.2 while central has more of it, the desk is told that it is fetched, and how many articles stand', async () => {
  const store = await openFixture()
  let { time } = store.clock
  Object.defineProperty(store.clock, 'time', { get: () => (time += 300) })
  const five = many(5)
  await fetchFive(store, (at) => store.central.publish(must(five[at - 1], 'an article')))
  expect(toldBy(store)).toEqual(['0', '2 and more', '4 and more', '5'])
})

test('S5.4 what cannot be looked up behind a page keeps the next one from nothing', async () => {
  const store = await openFixture()
  store.db.exec('ALTER TABLE articles_unindexed RENAME TO away')
  await fetchFive(store, (seq) => store.central.push({ kind: 'articleWithdrawn', seq, id: `KB-${seq}` }))
  expect(store.logged.map(({ event }) => event)).toContain('syncFailed')
})

test('S12.1 articles that are pulled can be searched for at once, and are indexed when it is quiet', async () => {
  const store = await signedIn(await openFixture())
  const [one] = many(1)
  if (one) store.central.publish(one)
  store.hear(null)
  await expect
    .poll(async () => {
      await store.settle()
      return (await store.ask('sync.status', null)).articles
    })
    .toBe(1)
  expect((await store.ask('kb.search', { query: '垃圾' })).hits).toHaveLength(1)
  await expect
    .poll(async () => {
      await store.settle()
      return (await store.ask('sync.status', null)).unindexed
    })
    .toBe(0)
  expect((await store.ask('kb.search', { query: 'ljfl' })).hits).toHaveLength(1)
})
