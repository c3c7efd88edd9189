/** What becomes of articles in use, as the store tells it. */
import { describe, expect, test } from 'vitest'
import { KEEP_MS } from '../../shared/sync/keep.ts'
import type { Article } from '../../shared/sync/protocol.ts'
import { openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const article = (version: number, more: Partial<Article> = {}): Article => ({
  ...{ id: 'KB-1621', version, family: 'bus', title: '28 路', body: `票价：${version} 元`, source: '公交集团' },
  ...{ unit: '公交集团', validUntil: '2999-03-31', district: null, questions: [], ...more },
})

async function holding(...articles: Article[]): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  await bring(store, ...articles)
  return store
}

async function bring(store: StoreFixture, ...articles: Article[]): Promise<void> {
  for (const one of articles) {
    store.central.publish(one)
    store.hear(null)
    await store.settle()
  }
}

const news = (store: StoreFixture, version = 1) => store.ask('kb.news', { used: [{ id: 'KB-1621', version }] })
const told = (store: StoreFixture) => store.published.filter(({ name }) => name === 'kb.changed').length

describe('an article in use', () => {
  test('KU1 that changes is told with both versions and when this desk heard of it; what stands as it was is not', async () => {
    const store = await holding(article(1))
    expect([await news(store), told(store)]).toEqual([[], 0])
    store.central.now = 1_234_000
    await bring(store, article(2))
    expect(await news(store)).toMatchObject([
      {
        kind: 'changed',
        at: 1_234_000,
        before: { version: 1, body: '票价：1 元' },
        now: { version: 2, body: '票价：2 元' },
      },
    ])
    expect([await news(store, 2), told(store)]).toEqual([[], 1])
    // Two versions on, from either of them.
    store.central.now = 1_300_000
    await bring(store, article(3))
    expect(await news(store)).toMatchObject([{ at: 1_300_000, before: { version: 1 }, now: { version: 3 } }])
    expect(await news(store, 2)).toMatchObject([{ before: { version: 2 }, now: { version: 3 } }])
  })

  test('KU1 that is withdrawn is told, and comes back; of one that was never here nothing is said', async () => {
    const store = await holding(article(1))
    store.central.push({ kind: 'articleWithdrawn', seq: 9, id: 'KB-1621' })
    store.hear(null)
    await store.settle()
    expect(await news(store)).toMatchObject([{ kind: 'withdrawn', at: 1_000_000, before: { version: 1 }, now: null }])
    expect(await store.ask('kb.news', { used: [{ id: 'KB-0000', version: 1 }] })).toEqual([])
    await bring(store, article(1))
    expect(await news(store)).toEqual([])
  })

  test('KU2 a version that says the same is not told; one whose time is over is', async () => {
    const store = await holding(article(1), article(2, { body: '票价：1 元', questions: ['多少钱'] }))
    expect(await news(store)).toEqual([])
    await bring(store, article(3, { validUntil: '1969-01-01' }))
    expect(await news(store, 3)).toMatchObject([{ kind: 'expired', now: { version: 3, expired: true } }])
    expect(await news(store)).toMatchObject([{ kind: 'changed', now: { expired: true } }])
  })

  test('KU2 a table that says something else is told, though the words are the same', async () => {
    const line = (fare: string) => ({
      ...{
        kind: 'line' as const,
        name: '28 路',
        fare,
        interval: '10 分',
        minutes: 30,
        back: null,
        stops: ['甲', '乙'],
      },
      there: { first: '6:00', last: '22:00' },
    })
    const body = '见表'
    const store = await holding(
      article(1, { body, sheets: [line('2 元')] }),
      article(2, { body, sheets: [line('2 元')] }),
    )
    expect(await news(store)).toEqual([])
    await bring(store, article(3, { body, sheets: [line('3 元')] }))
    expect(await news(store)).toMatchObject([
      {
        kind: 'changed',
        before: { sheets: [{ fare: '2 元' }] },
        now: { version: 3, sheets: [{ fare: '3 元' }] },
      },
    ])
  })

  test('KU1 survives a restart, the same feed once more, and goes with the cases', async () => {
    const store = await holding(article(1), article(2))
    const again = await signedIn(await openFixture(store.dir, store.central))
    again.central.epoch = 'second'
    again.hear(null)
    await again.settle()
    expect(await news(again)).toMatchObject([{ kind: 'changed', before: { version: 1 } }])
    again.clock.time += KEEP_MS + 3_600_001
    again.central.now = again.clock.time
    again.hear(null)
    await again.settle()
    expect(await news(again)).toMatchObject([{ kind: 'changed', at: null, before: null, now: { version: 2 } }])
  })
})
