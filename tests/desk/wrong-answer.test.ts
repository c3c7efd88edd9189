/** What the operator tells the editors: by her key, and by what she looks for in vain. */
import { describe, expect, test } from 'vitest'
import { clearSearch, setQuery, useKnowledge } from '../../renderer/desk/knowledge/knowledge-store.ts'
import { noteAnswer, noteLeft } from '../../renderer/desk/knowledge/gap-note.ts'
import {
  clearWrong,
  closeWrong,
  editWrong,
  sendWrong,
  useWrong,
  wrongSaver,
} from '../../renderer/desk/knowledge/wrong-store.ts'
import { edit, newDraft, openDraft, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { insertArticle } from '../../renderer/desk/stores/insert-article.ts'
import type { CommandInput, CommandName } from '../../shared/ipc.ts'
import type { ArticleHit } from '../../shared/kb/hit.ts'
import { must } from '../../shared/errors.ts'
import { rest, until } from './fake-window.ts'
import { fullForm, openDesk } from './open-desk.ts'
import { line28 } from './preview/sheets.ts'

Object.assign(globalThis, {
  localStorage: { getItem: () => null, setItem: () => undefined },
  HTMLInputElement: Object,
})

const article: ArticleHit = {
  ...{ id: 'KB-1621', version: 4, title: '28 路', body: '票价：2 元', source: '公交集团' },
  ...{ validUntil: '2027-03-31', expired: false, snippet: '', unit: '', district: null, notBefore: null },
}
const { world, press, callIn } = openDesk(() => {
  clearWrong()
  clearSearch()
  world.articles = [article]
  world.wrongWords.clear()
  world.storeFault = null
})

function told<N extends CommandName>(wanted: N): CommandInput<N>[] {
  return world.calls.flatMap(({ name, input }) => (name === wanted ? [input as CommandInput<N>] : []))
}

/** Looks for something until it is answered. */
async function look(query: string): Promise<void> {
  setQuery(query, false)
  await until(() => useKnowledge.getState().answer?.query === query, query)
}

const wrong = () => useWrong.getState()

describe('an article is wrong', () => {
  test('KE1 KE2 her words are on their way to the store as she types, and noted with version, call and case', async () => {
    const callId = callIn('wrong')
    world.ring(undefined, undefined, callId)
    world.talk(callId)
    await rest()
    edit(fullForm)
    await look('28 路')
    await press('wrongAnswer')
    editWrong('末班车')
    editWrong('末班车改了')
    await until(() => told('kb.keepWrong').length > 0, 'kept')
    expect(told('kb.keepWrong').at(-1)).toEqual({ articleId: 'KB-1621', words: '末班车改了', author: '1003' })
    expect(wrong().said).toBeNull()
    await sendWrong()
    const { caseId } = must(useDraft.getState().open, 'open')
    expect(told('kb.wrong')).toEqual([{ articleId: 'KB-1621', version: 4, words: '末班车改了', callId, caseId }])
    expect(wrong()).toMatchObject({ article: null, words: '', said: 'KB-1621' })
  })

  test('KE1 of an answer from tables it is the first article that the answer comes from', async () => {
    world.articles = [{ ...article, sheets: [line28] }]
    await look('白沙大道 江门站')
    expect(useKnowledge.getState()).toMatchObject({ chosen: -1, answer: { hits: [] } })
    await press('wrongAnswer')
    expect(wrong().article).toEqual({ id: 'KB-1621', version: 4 })
  })

  test('KE1 Esc keeps every word, and the key brings them back', async () => {
    await look('28 路')
    await press('wrongAnswer')
    editWrong('写到一半')
    closeWrong()
    expect(wrong().article).toBeNull()
    await until(() => world.wrongWords.get('KB-1621') === '写到一半', 'kept')
    await press('wrongAnswer')
    expect(wrong().words).toBe('写到一半')
    expect(told('kb.wrong')).toEqual([])
  })

  test('KE2 what the store does not take is said, and the words stay on the screen and owed', async () => {
    await look('28 路')
    await press('wrongAnswer')
    editWrong('末班车改了')
    world.storeFault = 'diskFull'
    await sendWrong()
    expect(wrong()).toMatchObject({ words: '末班车改了', sending: false, failure: { code: 'diskFull' }, said: null })
    expect(wrongSaver.pending('KB-1621')?.words).toBe('末班车改了')
    world.storeFault = null
    await sendWrong()
    expect(wrong().said).toBe('KB-1621')
  })

  test('KE3 words that name a citizen are refused and stay; none are not sent', async () => {
    await look('28 路')
    await press('wrongAnswer')
    await sendWrong()
    expect([wrong().failure?.detail, told('kb.wrong')]).toEqual(['empty', []])
    editWrong('440703199003071231')
    await sendWrong()
    expect(wrong()).toMatchObject({ words: '440703199003071231', failure: { detail: 'citizen' }, said: null })
  })

  test('KE1 of what the tables answer it is the article in which it stands', async () => {
    const source = { ...article, id: 'KB-T', version: 2 }
    const sheet = { kind: 'table' as const, title: { zh: '材料', en: 'Papers' }, say: { zh: '带身份证', en: 'Card' } }
    useKnowledge.setState({
      answer: {
        query: '材料',
        hits: [article],
        marks: [],
        near: false,
        sheet: { ...sheet, rows: [], sources: [source] },
      },
      chosen: -1,
    })
    await press('wrongAnswer')
    expect(wrong().article).toEqual({ id: 'KB-T', version: 2 })
  })

  test('KE2 without a call or a case it says so; a draft with nothing in it is none', async () => {
    openDraft(newDraft(null))
    await look('28 路')
    await press('wrongAnswer')
    editWrong('错')
    await sendWrong()
    expect(told('kb.wrong')).toMatchObject([{ callId: null, caseId: null }])
  })
})

describe('what was looked for in vain', () => {
  test('KG1 is told once she leaves it, with the call in which she asked', async () => {
    const callId = callIn('gap')
    world.ring(undefined, undefined, callId)
    world.talk(callId)
    await rest()
    for (const query of ['长者', '长者饭', '长者饭堂']) await look(query)
    expect(told('kb.gap')).toEqual([])
    noteLeft()
    expect(told('kb.gap')).toEqual([{ query: '长者饭堂', callId }])
    noteLeft()
    expect(told('kb.gap')).toHaveLength(1)
  })

  test('KG1 clearing, another question and another case are ways to leave it', async () => {
    await look('长者饭堂')
    setQuery('', false)
    await look('老人食堂')
    await look('社区饭堂')
    openDraft(newDraft(null))
    clearSearch()
    expect(told('kb.gap').map(({ query }) => query)).toEqual(['长者饭堂', '老人食堂', '社区饭堂'])
  })

  test('KG1 what only shares something with what was asked is no answer; what the tables answer is one', () => {
    const answer = { query: '长者饭堂', hits: [article], marks: [], near: true }
    noteAnswer(answer)
    noteLeft()
    expect(told('kb.gap')).toEqual([{ query: '长者饭堂', callId: null }])
    const said = { zh: '带身份证', en: 'A card' }
    const sheet = { kind: 'table' as const, title: said, say: said, rows: [], sources: [article] }
    noteAnswer({ ...answer, hits: [], near: false, sheet })
    noteLeft()
    expect(told('kb.gap')).toHaveLength(1)
  })

  test('KG1 what she takes makes it none', async () => {
    await look('28 路夜班')
    await look('28 路')
    insertArticle(article)
    noteLeft()
    expect(told('kb.gap')).toEqual([])
  })

  test('KG2 what only a part of the index was asked is none', async () => {
    const { sync } = world
    world.sync = { ...sync, articles: 100_000, unindexed: 60_000 }
    world.emit('sync.changed', world.sync)
    await rest()
    await look('长者饭堂')
    noteLeft()
    world.sync = sync
    world.emit('sync.changed', sync)
    await rest()
    expect(told('kb.gap')).toEqual([])
  })
})
