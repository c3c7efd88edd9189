/** Scenes of the knowledge base beside the form. */
import { changeArticle, fill, inserted, rest, search, searched, talk, world } from './hands.mjs'

export const knowledgeScenes = {
  search: {
    play: async (page) => {
      await searched(page)
    },
  },
  'search-narrowed': {
    play: async (page) => {
      await searched(page)
      await page.keyboard.press('Control+d')
      await page.keyboard.press('Control+u')
      await rest(page)
    },
  },
  suggested: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.suggested = [{ id: "KB-2041", title: "28 路：白沙大道中 → 江门站" }, { id: "KB-2050", title: "江门站公交接驳一览" }]',
      )
      await fill(page)
      await page.locator('button[aria-current]').first().waitFor()
      await page.keyboard.press('F3')
      await page.keyboard.press('ArrowDown')
      await rest(page)
    },
  },
  fetching: {
    play: async (page) => {
      await world(
        page,
        'world.sync = { ...world.sync, more: true, articles: 34500, unindexed: 34500 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('F3')
      await page.getByTestId('sync-sign').click()
    },
  },
  indexing: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.sync = { ...world.sync, articles: 100000, unindexed: 62400 }; world.emit("sync.changed", world.sync)',
      )
      await fill(page)
      await search(page)
      await page.getByTestId('sync-sign').click()
    },
  },
  'indexing-empty': {
    play: async (page) => {
      await world(
        page,
        'world.sync = { ...world.sync, articles: 100000, unindexed: 62400 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('F3')
      await page.keyboard.type('查无此事')
      await page.getByText(/没有找到|Nothing found/).waitFor()
    },
  },
  inserted: {
    play: async (page) => {
      await inserted(page)
    },
  },
  'sheet-hours': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('车管所 几点下班')
      await page.getByTestId('sheet-card').waitFor()
      await page.keyboard.press('Enter')
    },
  },
  'sheet-line': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('28路 江门站 末班')
      await page.getByTestId('sheet-card').waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  'sheet-rows': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('补领')
      await page.getByTestId('sheet-table').first().waitFor()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+Enter')
    },
  },
  'article-changed': {
    play: async (page) => {
      await inserted(page)
      await page.getByLabel(/^(答复|Reply)$/).focus()
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
    },
  },
  'article-change-shown': {
    play: async (page) => {
      await inserted(page)
      await page.getByLabel(/^(答复|Reply)$/).focus()
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('Alt+v')
      await page.getByTestId('article-change').waitFor()
    },
  },
  'article-change-open': {
    play: async (page) => {
      await searched(page)
      // What the tables answer stands before it.
      await page.keyboard.press('ArrowDown')
      await changeArticle(page)
      await page.getByTestId('article-flag-panel').waitFor()
      await page.keyboard.press('Alt+v')
      await page.getByTestId('article-change').waitFor()
    },
  },
  'article-english': {
    play: async (page) => {
      await inserted(page)
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('F2')
      await page.keyboard.press('Alt+v')
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30 了')
      await page.getByRole('button', { name: 'EN', exact: true }).click()
    },
  },
  'wrong-answer': {
    play: async (page) => {
      await searched(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30，公交集团 12 月 1 日起执行')
    },
  },
  'article-withdrawn': {
    play: async (page) => {
      await inserted(page)
      await changeArticle(page, 'withdrawn')
      await page.keyboard.press('F2')
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('Alt+v')
    },
  },
}
