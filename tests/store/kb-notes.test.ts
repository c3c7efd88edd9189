/** What the operator tells the editors, from her key to the outbox. */
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { KbNote } from '../../shared/kb/note.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const said = { articleId: 'KB-1621', version: 4, words: '末班车已改到 23:30', callId: 'call-1', caseId: null }
const notes = ({ central }: StoreFixture): KbNote[] =>
  central.applied.flatMap(({ body }) => (body.kind === 'kb' ? [body.note] : []))
const kept = (store: StoreFixture) => store.ask('kb.wrongWords', { articleId: 'KB-1621' })
const keep = (store: StoreFixture, words: string, author = '1003') =>
  store.ask('kb.keepWrong', { articleId: 'KB-1621', words, author })

describe('an article is wrong', () => {
  test('KE1 her words are kept by article and author, through a restart and a shift', async () => {
    const store = await signedIn(await openFixture())
    await keep(store, '末班车')
    const again = await signedIn(await openFixture(store.dir, store.central))
    expect(await kept(again)).toBe('末班车')
    // What comes late goes under who typed it, and nobody else sees it.
    await signedIn(again, '1004')
    await keep(again, '末班车已改', '1003')
    expect(await kept(again)).toBeNull()
    await signedIn(again)
    expect(await kept(again)).toBe('末班车已改')
    await keep(again, '')
    expect(await kept(again)).toBeNull()
  })

  test('KE2 it is noted in one commit with the end of the kept words, while central is away', async () => {
    const store = await signedIn(await openFixture())
    store.central.reachable = false
    await keep(store, said.words)
    const caseId = uuidv7()
    await store.ask('kb.wrong', { ...said, caseId })
    expect([await kept(store), (await store.ask('sync.status', null)).waiting]).toEqual([null, 1])
    store.central.reachable = true
    await store.settle()
    expect(notes(store)).toEqual([{ type: 'kb.wrong', ...said, caseId }])
    expect(store.central.applied.at(-1)).toMatchObject({ author: '1003', at: 1_000_000 })
  })

  test('KE2 what the disk does not take is said, and the words stay', async () => {
    const store = await signedIn(await openFixture())
    await keep(store, said.words)
    store.db.exec(`CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END`)
    expect(await store.askRaw('kb.wrong', said)).toMatchObject({ ok: false })
    expect(await kept(store)).toBe(said.words)
  })

  test('KE3 words with a number of whoever calls are refused and stay', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('case.save', { caseId, callId: 'call-1', form: { ...fullForm, callerPhone: '0750-3500123' } })
    const offered = { callId: 'call-1', kind: 'offered', at: 1, number: '13800002210', queue: '12345' } as const
    await store.ask('call.record', { fact: offered, author: '1003' })
    const naming = async (words: string) => store.askRaw('kb.wrong', { ...said, caseId, words })
    await keep(store, '她的 138 0000 2210')
    const refused = { ok: false, error: { code: 'invalidInput', detail: 'citizen' } }
    expect(await naming('她的 138 0000 2210')).toMatchObject(refused)
    expect(await naming('致电 3500123')).toMatchObject(refused)
    expect(await kept(store)).toBe('她的 138 0000 2210')
    await store.settle()
    expect(notes(store)).toEqual([])
    expect(await naming('电话应为 0750-3321234')).toMatchObject({ ok: true })
  })

  test('KE4 what central refuses stands on her list with its words', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = ({ body }) => (body.kind === 'kb' ? { status: 'refused', code: 'unknownArticle' } : null)
    await store.ask('kb.wrong', said)
    await store.settle()
    expect(await store.ask('sync.refused', null)).toMatchObject([
      { what: 'kb.wrong', code: 'unknownArticle', form: null, note: { articleId: 'KB-1621', words: said.words } },
    ])
  })
})

describe('what was looked for in vain', () => {
  const gap = (store: StoreFixture, query: string, callId: string | null = null) =>
    store.ask('kb.gap', { query, callId })

  test('KG2 counts once a call, and once a day without one', async () => {
    const store = await signedIn(await openFixture())
    for (const callId of ['a', 'a', 'b', null, null]) await gap(store, '长者 饭堂', callId)
    store.clock.time += 86_400_000
    await gap(store, '长者饭堂')
    await gap(store, '长者饭堂')
    await store.settle()
    expect(notes(store).map((note) => note.type === 'kb.gap' && note.words)).toEqual([
      ...['长者 饭堂', '长者 饭堂', '长者 饭堂'],
      '长者饭堂',
    ])
  })

  test('KG3 goes without numbers, and without who asked or in which call', async () => {
    const store = await signedIn(await openFixture())
    await gap(store, 'ＡＢＣ 13800002210 退款', 'call-1')
    await gap(store, '138 0000 2210', 'call-1')
    await store.settle()
    expect(notes(store)).toEqual([{ type: 'kb.gap', words: 'abc ***** 退款' }])
    expect(JSON.stringify(store.db.prepare('SELECT * FROM gaps_counted').all())).not.toContain('2210')
  })
})
