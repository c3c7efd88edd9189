/** An article that changes while it is in use, at the desk: what is told, and what the keys do. */
import { describe, expect, test } from 'vitest'
import { choose, clearSearch, setQuery, useKnowledge } from '../../renderer/desk/knowledge/knowledge-store.ts'
import {
  clearNews,
  panelNews,
  replyNews,
  shownChange,
  useArticleNews,
} from '../../renderer/desk/stores/article-news-store.ts'
import { edit, newDraft, openDraft, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { insertArticle } from '../../renderer/desk/stores/insert-article.ts'
import { usePasteNote } from '../../renderer/desk/stores/paste-note.ts'
import type { ArticleNews, ArticleWords } from '../../shared/kb/article-news.ts'
import { must } from '../../shared/errors.ts'
import { kept } from './fake-storage.ts'
import { rest, until } from './fake-window.ts'
import { fullForm, openDesk } from './open-desk.ts'

const version = (number: number, more: Partial<ArticleWords> = {}): ArticleWords => ({
  ...{ id: 'KB-1621', version: number, title: '28 路', body: `乘 28 路。\n票价：${number} 元`, source: '公交集团' },
  ...{ validUntil: '2027-03-31', expired: false, ...more },
})
const changed = (from = 4, to = 5): ArticleNews => ({
  ...{ id: 'KB-1621', version: from, kind: 'changed', at: 1_795_000_000_000, before: version(from), now: version(to) },
})
const withdrawn: ArticleNews = { ...changed(), kind: 'withdrawn', now: null }

const { world, press } = openDesk(() => {
  kept.clear()
  clearNews()
  clearSearch()
  world.news = []
  world.articles = [version(4), version(9, { id: 'KB-2', title: '28 路夜班' })].map((words) => ({
    ...words,
    ...{ snippet: '', unit: '公交集团', district: null, notBefore: null },
  }))
})

const reply = () => must(useDraft.getState().open, 'open').form.reply
const sources = () => must(useDraft.getState().open, 'open').form.articles

/** A reply that rests on version 4, with a word of her own on either side. */
async function quoting(): Promise<void> {
  openDraft(newDraft(null))
  edit({ ...fullForm, reply: '您好。' })
  insertArticle(version(4))
  edit({ reply: `${reply()}\n还有问题请再来电。` })
  await rest()
}

/** Central brings something while she works. */
async function hear(...news: ArticleNews[]): Promise<void> {
  world.news = news
  world.emit('kb.changed', null)
  await rest()
}

describe('an article that the reply quotes', () => {
  test('KU3 is told of with the change, and nothing of the reply moves until a key is pressed; KU5 then the new lines stand', async () => {
    await quoting()
    const before = reply()
    await hear(changed())
    expect(replyNews()).toMatchObject([{ id: 'KB-1621', version: 4, now: { version: 5 } }])
    // The two keys mean nothing of it before she has seen what changed.
    await press('takeLate')
    await press('keepStanding')
    expect([reply(), sources(), shownChange()]).toEqual([before, [{ id: 'KB-1621', version: 4 }], null])
    await press('seeChange')
    expect([reply(), shownChange()?.place]).toEqual([before, 'reply'])
    world.news = []
    await press('takeLate')
    expect(reply()).toBe('您好。\n乘 28 路。\n票价：5 元\n还有问题请再来电。')
    expect(sources()).toEqual([{ id: 'KB-1621', version: 5 }])
    expect([replyNews(), shownChange()]).toEqual([[], null])
  })

  test('KU4 what she keeps is told no more of this change, also after a restart; the next one is', async () => {
    await quoting()
    const before = reply()
    await hear(changed())
    await press('seeChange', 'keepStanding')
    expect([reply(), replyNews(), shownChange()]).toEqual([before, [], null])
    expect(sources()).toEqual([{ id: 'KB-1621', version: 4 }])
    clearNews()
    await hear(changed())
    expect(replyNews()).toEqual([])
    await hear(changed(4, 6))
    expect(replyNews()).toHaveLength(1)
  })

  test('KU5 of a withdrawn one the source goes and her words stay', async () => {
    await quoting()
    const before = reply()
    await hear(withdrawn)
    await press('seeChange', 'takeLate')
    expect([reply(), sources()]).toEqual([before, []])
  })

  test('KU5 where only the source changed her words stay as they are', async () => {
    await quoting()
    edit({ reply: '坐 28 路，四块钱。' })
    await hear({ ...changed(), now: version(5, { body: version(4).body, source: '交通局' }) })
    await press('seeChange', 'takeLate')
    expect([reply(), sources()]).toEqual(['坐 28 路，四块钱。', [{ id: 'KB-1621', version: 5 }]])
  })

  test('KU5 what has no room is refused in words, and all stays', async () => {
    await quoting()
    const full = 'x'.repeat(9_999)
    edit({ reply: full })
    await hear(changed())
    await press('seeChange', 'takeLate')
    expect([reply(), useArticleNews.getState().full, shownChange()?.place]).toEqual([full, true, 'reply'])
  })

  test('an article that does not fit in whole is refused in words until she goes on, and nothing of it is quoted', async () => {
    openDraft(newDraft(null))
    edit({ ...fullForm, reply: 'x'.repeat(9_995) })
    insertArticle(version(4))
    expect([reply().length, sources(), usePasteNote.getState().note]).toEqual([9_995, [], { answer: 14, room: 5 }])
    edit({ reply: '' })
    insertArticle(version(4))
    expect([reply(), usePasteNote.getState().note]).toEqual([version(4).body, null])
    await rest()
  })

  test('KU1 another case on the screen is about its own sources', async () => {
    await quoting()
    await hear(changed())
    await press('seeChange')
    openDraft(newDraft(null))
    await rest()
    expect([replyNews(), shownChange()]).toEqual([[], null])
  })

  test('KU2 one that only expired is not asked about', async () => {
    await quoting()
    await hear({ ...changed(), kind: 'expired', now: version(4, { expired: true }) })
    expect(replyNews()).toEqual([])
    expect(useArticleNews.getState().news).toHaveLength(1)
  })
})

describe('an article that is open in the list', () => {
  const ids = () => useKnowledge.getState().answer?.hits.map((hit) => `${hit.id} ${hit.version}`)

  test('KU3 the list and the choice stay; KU4 the new version takes its place by a key', async () => {
    setQuery('28 路', false)
    await until(() => ids()?.length === 2, 'hits')
    choose(0)
    await hear(changed())
    expect([panelNews()?.now?.version, ids(), useKnowledge.getState().chosen]).toEqual([5, ['KB-1621 4', 'KB-2 9'], 0])
    await press('seeChange')
    expect(shownChange()?.place).toBe('panel')
    world.news = []
    await press('takeLate')
    expect([ids(), useKnowledge.getState().chosen, panelNews()]).toEqual([['KB-1621 5', 'KB-2 9'], 0, null])
  })

  test('KU1 each hit that she opens is looked at', async () => {
    setQuery('28 路', false)
    await until(() => ids()?.length === 2, 'hits')
    world.news = [{ ...changed(9, 10), id: 'KB-2' }]
    choose(1)
    await until(() => panelNews() !== null, 'news of the second hit')
    expect(panelNews()?.id).toBe('KB-2')
  })

  test('KU1 KU4 what the tables answer is looked at by its articles, and asked for anew by a key', async () => {
    const words = { zh: '末班 22:00', en: 'last 22:00' }
    const sheet = { kind: 'line' as const, title: words, say: words, rows: [], sources: [version(4)] }
    setQuery('28 路', false)
    await until(() => ids()?.length === 2, 'hits')
    useKnowledge.setState(({ answer }) => ({ answer: { ...must(answer, 'an answer'), sheet }, chosen: -1 }))
    await hear(changed())
    expect(panelNews()?.now?.version).toBe(5)
    const searches = () => world.calls.filter(({ name }) => name === 'kb.search').length
    const before = searches()
    await press('seeChange')
    await press('takeLate')
    expect(searches()).toBe(before + 1)
    expect([shownChange(), useKnowledge.getState().query]).toEqual([null, '28 路'])
  })
})
