/** A whole knowledge base comes to a desk where somebody works: she sees how far it is, types on, and finds all of it. */
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookUp } from '../../build/stack/hands.ts'
import { freshDemo } from '../../build/stack/loaded-demo.ts'
import { startExchange, type Stack } from '../../build/stack/stack.ts'
import { buildApp } from '../../central/app.ts'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { publishArticles } from '../../central/kb/service.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { draftSaved, openApp, readyDesk } from './fixture.ts'

/** Twelve pages of the feed, and thirty times what is looked through outside of the index. */
const ARTICLES = 6000

let db: Db
let central: Awaited<ReturnType<typeof buildApp>>
let exchange: Stack['exchange']
let url: string
/** While it stands, the third page that is asked for, and each behind it, waits for it: she sees that it is under way. */
let held: PromiseWithResolvers<void> | null = null
let asked = 0

beforeAll(async () => {
  db = openPostgres(await freshDemo())
  central = await buildApp({ db, clock: { now: () => Date.now() }, ids: { next: uuidv7 }, demo: true })
  central.addHook('onRequest', async ({ url: path }) => {
    if (path !== '/sync' || held === null) return
    asked += 1
    if (asked > 2) await held.promise
  })
  url = await central.listen({ port: 0, host: '127.0.0.1' })
  exchange = await startExchange({})
})
afterAll(async () => {
  await Promise.all([central.close(), exchange.child.stop()])
  await db.close()
})

const article = (at: number): Article => ({
  ...{ id: `LOAD-${at}`, version: 1, family: 'load', title: `第${at}号垃圾分类投放点` },
  ...{ body: `第${at}号投放点每天早上七时开放，由街道的督导员值守。`, source: '市城管局', unit: '市城管局' },
  ...{ validUntil: '2099-12-31', district: null, questions: [] },
})

test('S12.2 S12.4 while it comes the sign says so, then how far the index is; what is typed meanwhile is kept', async () => {
  const desk = await readyDesk(await openApp({ stack: { central: { url }, exchange } }))
  const sign = desk.getByTestId('sync-sign')
  await sign.filter({ hasText: '已同步' }).waitFor()
  const watch = await desk.evaluateHandle(() => {
    const seen: string[] = []
    const look = () => void seen.push(document.querySelector('[data-testid="sync-sign"]')?.textContent ?? '')
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  })
  held = Promise.withResolvers<void>()
  await publishArticles(
    db,
    Array.from({ length: ARTICLES }, (_, at) => article(at)),
  )
  await sign.filter({ hasText: /正在取回 · 知识库 [\d,]+ 条/ }).waitFor()
  held.resolve()
  await desk.getByTestId('indexing-sign').waitFor()
  await desk.getByLabel('内容', { exact: true }).fill('市民反映楼下的垃圾投放点没有人值守')
  await draftSaved(desk)
  await desk.getByTestId('indexing-sign').waitFor({ state: 'detached' })
  await sign.filter({ hasText: /^已同步(?! ·)/ }).waitFor()
  await lookUp(desk, '第0号 垃圾分类', '第0号垃圾分类投放点')

  const seen = await watch.jsonValue()
  expect(seen.some((words) => /已同步 · 知识索引 [\d,]+ \/ [\d,]+/.test(words))).toBe(true)
})
