import { describe, expect, test } from 'vitest'
import { caseQuerySchema, type CaseLine, type CaseQuery } from '../../shared/case/case-line.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { noFilter } from '../../shared/case/saved-filter.ts'
import { emptyWords } from '../../shared/case/step-words.ts'
import { newLife } from '../../shared/case/life.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { CommandOutput } from '../../shared/ipc.ts'
import type { CaseClient } from '../../electron/store/sync/case-client.ts'
import { noCases } from './no-cases.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const asked = (query: Partial<CaseQuery>): CaseQuery => caseQuerySchema.parse(query)
const caseIdOf = (n: number) => `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A desk that holds these contents as its own cases, a minute apart; central's lists are away. */
async function deskWith(...contents: string[]): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  for (const [n, content] of contents.entries()) {
    store.clock.time += 60_000
    store.central.now = store.clock.time
    await store.ask('case.save', { caseId: caseIdOf(n), callId: null, form: { ...fullForm, content } })
  }
  await store.settle()
  return store
}

const found = async (store: StoreFixture, query: Partial<CaseQuery>) =>
  (await store.ask('case.find', asked(query))).list.cases.map(({ summary }) => summary)

describe('a search while central cannot be asked is answered from what the desk holds', () => {
  test('by the rule of central: two characters, several words, whole tokens, a beginning at the end', async () => {
    const store = await deskWith('8路公交晚点', '18路公交改道', '噪音扰民，广场舞', 'gjj 提取')
    expect((await store.ask('case.find', asked({}))).from).toBe('desk')
    expect(await found(store, { words: '噪音' })).toEqual(['噪音扰民，广场舞'])
    expect(await found(store, { words: '公交 改道' })).toEqual(['18路公交改道'])
    expect(await found(store, { words: '8路' })).toEqual(['8路公交晚点'])
    expect(await found(store, { words: 'gj' })).toEqual(['gjj 提取'])
    expect(await found(store, { words: '噪 音' })).toHaveLength(1)
    expect(await found(store, { words: '广场 噪声' })).toEqual([])
  })

  test('by the number of a case and of a caller in any spelling, and by filters', async () => {
    const store = await deskWith('停水', '停电')
    const all = (await store.ask('case.find', asked({}))).list.cases
    expect(all.map(({ summary }) => summary)).toEqual(['停电', '停水'])
    expect(await found(store, { words: all[1]!.caseNo })).toEqual(['停水'])
    expect(await found(store, { words: '+86 750 350 0123' })).toHaveLength(2)
    expect(await found(store, { words: '7500123' })).toEqual([])
    expect(await found(store, { kinds: ['help'] })).toEqual([])
    expect(await found(store, { states: ['repliedAtOnce'], openedFrom: all[0]!.openedAt })).toEqual(['停电'])
    expect(await found(store, { openedTo: all[0]!.openedAt })).toEqual(['停水'])
    expect(await found(store, { openedBy: '1003' })).toHaveLength(2)
    expect(await found(store, { notOpenedBy: '1003' })).toEqual([])
  })

  test.each(['newest', 'due'] as const)('page by page each comes once, by %s', async (order) => {
    const store = await deskWith(...Array.from({ length: 7 }, (_, n) => `路灯 ${n}`))
    const pages: CaseLine[][] = []
    let after: CaseQuery['after'] = null
    do {
      const { list }: CommandOutput<'case.find'> = await store.ask(
        'case.find',
        asked({ words: '路灯', order, limit: 3, after }),
      )
      pages.push(list.cases)
      after = list.next
    } while (after !== null)
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1])
    expect(new Set(pages.flat().map(({ caseId }) => caseId)).size).toBe(7)
  })

  test('central is asked where it is there, and its refusal is not gone round', async () => {
    const store = await deskWith('停水')
    store.central.cases = { ...noCases, find: () => Promise.resolve(fail('forbidden', '403')) }
    expect(await store.askRaw('case.find', asked({}))).toEqual(fail('forbidden', '403'))
    store.central.cases = {
      ...noCases,
      find: (token) => Promise.resolve(ok({ cases: [], next: null, complete: token === 'token' })),
    }
    expect(await store.ask('case.find', asked({}))).toEqual({
      from: 'central',
      list: { cases: [], next: null, complete: true },
    })
  })

  test('who reports something is found and shown by this desk to who took the call alone', async () => {
    const store = await deskWith('停水')
    const form = { ...fullForm, kind: 'report' as const, content: '举报偷排' }
    await store.ask('case.save', { caseId: caseIdOf(5), callId: null, form })
    expect(await found(store, { words: '07503500123' })).toEqual(['举报偷排', '停水'])
    expect((await store.ask('case.page', { caseId: caseIdOf(5) })).page.caller?.name).toBe('陈先生')
    await signedIn(store, '1004')
    expect(await found(store, { words: '07503500123' })).toEqual(['停水'])
    expect(await found(store, { words: '偷排' })).toEqual(['举报偷排'])
    expect((await store.ask('case.page', { caseId: caseIdOf(5) })).page).toMatchObject({
      caller: null,
      reporterHidden: true,
    })
  })

  test('the page of a case is this desk’s while central is away, and says so', async () => {
    const store = await deskWith('停水')
    const { page, from } = await store.ask('case.page', { caseId: caseIdOf(0) })
    expect([from, page.record.groups.content.text, page.caller?.name]).toEqual(['desk', '停水', '陈先生'])
    expect(await store.askRaw('case.page', { caseId: caseIdOf(9) })).toEqual(fail('centralUnreachable'))
  })
})

describe('steps', () => {
  const caseId = caseIdOf(1)
  const taken = { state: 'toSign' as const, life: newLife, revision: 3 }
  const words = { ...emptyWords('dispatch'), unit: 'U-GA' }
  const step: CaseStep = { type: 'dispatch', unit: 'U-GA' }

  /** A central that answers the steps in turn, and what it was sent. */
  function answering(...answers: Awaited<ReturnType<CaseClient['step']>>[]) {
    const sent: { id: string; step: CaseStep }[] = []
    const client: CaseClient = {
      ...noCases,
      step: (_token, _caseId, input) => {
        sent.push(input)
        return Promise.resolve(answers.shift() ?? fail('internal'))
      },
    }
    return { sent, client }
  }
  const keep = (store: StoreFixture, more: Partial<typeof words> = {}) =>
    store.askRaw('case.keepWords', { caseId, words: { ...words, ...more }, author: '1003' })

  test('W1 words outlive the store, are their author’s alone, and go when central has answered', async () => {
    const store = await signedIn(await openFixture())
    await keep(store, { reason: '写到一半' })
    const again = await openFixture(store.dir, store.central)
    await again.ask('store.signIn', { staffNo: '1004', password: 'x' })
    expect(await again.ask('case.words', { caseId })).toBeNull()
    await again.ask('store.signIn', { staffNo: '1003', password: 'x' })
    await again.settle()
    expect(await again.ask('case.words', { caseId })).toMatchObject({ sent: false, words: { reason: '写到一半' } })
    const { client } = answering(ok(taken))
    store.central.cases = client
    expect(await again.ask('case.step', { caseId, step })).toEqual(taken)
    expect(await again.ask('case.words', { caseId })).toBeNull()
  })

  test('W3 after a lost answer the same goes again under the same id, and nothing else takes its place', async () => {
    const store = await signedIn(await openFixture())
    const { client, sent } = answering(fail('centralUnreachable', 'TimeoutError'), ok(taken))
    store.central.cases = client
    await keep(store)
    expect(await store.askRaw('case.step', { caseId, step })).toMatchObject({ error: { code: 'centralUnreachable' } })
    expect(await keep(store, { unit: 'U-SW' })).toEqual(fail('illegalTransition', 'sent'))
    expect(await store.ask('case.words', { caseId })).toEqual({ words, sent: true })
    await store.ask('case.step', { caseId, step: { type: 'dispatch', unit: 'U-SW' } })
    expect(sent[1]).toEqual(sent[0])
  })

  test('W4 what central refused keeps its words, and is another step the next time', async () => {
    const store = await signedIn(await openFixture())
    const { client, sent } = answering(fail('illegalTransition', 'toSign'), ok(taken))
    store.central.cases = client
    await keep(store)
    expect(await store.askRaw('case.step', { caseId, step })).toEqual(fail('illegalTransition', 'toSign'))
    expect(await store.ask('case.words', { caseId })).toEqual({ words, sent: false })
    await store.ask('case.step', { caseId, step })
    expect(sent[1]?.id).not.toBe(sent[0]?.id)
  })

  test('W2 a step while central is away does not leave the desk, and is not queued', async () => {
    const store = await signedIn(await openFixture())
    const { client, sent } = answering()
    store.central.cases = client
    store.central.reachable = false
    await store.ask('case.save', { caseId: caseIdOf(7), callId: null, form: fullForm })
    await store.settle()
    await keep(store)
    expect(await store.askRaw('case.step', { caseId, step })).toEqual(fail('centralUnreachable', 'notSent'))
    expect(await store.ask('case.words', { caseId })).toEqual({ words, sent: false })
    store.central.reachable = true
    await store.settle()
    expect(sent).toEqual([])
  })
})

test('searches with a name are each operator’s own; the same name is written over', async () => {
  const store = await signedIn(await openFixture())
  await store.ask('case.keepFilter', { name: '超期', filter: { ...noFilter, due: 'red' } })
  await store.ask('case.keepFilter', { name: '超期', filter: { ...noFilter, due: 'red', mine: true } })
  expect(await store.ask('case.filters', null)).toEqual([
    { name: '超期', filter: { ...noFilter, due: 'red', mine: true } },
  ])
  await signedIn(store, '1004')
  expect(await store.ask('case.filters', null)).toEqual([])
})
