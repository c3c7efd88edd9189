import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { fullForm, openFixture, signedIn } from './store-fixture.ts'

const pending = (db: { prepare(sql: string): { get(): unknown } }) =>
  (db.prepare(`SELECT count(*) AS n FROM outbox WHERE state = 'pending'`).get() as { n: number }).n

describe('saving a case', () => {
  test('opens it with its reply, gives its final number, and central gets both in order', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    const { caseNo } = await store.ask('case.save', { caseId, callId: 'call-1', form: fullForm })
    expect(caseNo).toMatch(/^JM\d{8}-A1-0001$/)
    await store.settle()
    const kinds = store.central.applied.map(({ body }) => (body.kind === 'case' ? body.command.type : body.fact.kind))
    expect(kinds).toEqual(['case.open', 'case.reply', 'settled'])
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable', refused: 0 })
  })

  test('a form that misses something is refused by name and nothing is written', async () => {
    const store = await signedIn(await openFixture())
    const answer = await store.askRaw('case.save', {
      caseId: uuidv7(),
      callId: null,
      form: { ...fullForm, content: '' },
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalidInput', detail: 'content' } })
    expect(pending(store.db)).toBe(0)
  })

  test('a second save sends only what changed, upon what went before', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    await store.ask('case.save', { caseId, callId: null, form: { ...fullForm, content: '改后的内容' } })
    await store.ask('case.save', { caseId, callId: null, form: { ...fullForm, content: '改后的内容' } })
    await store.settle()
    const commands = store.central.applied.flatMap(({ body }) => (body.kind === 'case' ? [body.command] : []))
    expect(commands.map(({ type }) => type)).toEqual(['case.open', 'case.reply', 'case.edit'])
    const history = await store.ask('case.ofCaller', { phone: '+86 750 3500123' })
    expect(history).toMatchObject({
      complete: false,
      cases: [{ caseId, content: '改后的内容', state: 'repliedAtOnce' }],
    })
  })

  test('a changed way to reply is told to central as a reply, and who it was before stays provable', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    await store.ask('case.save', {
      caseId,
      callId: null,
      form: { ...fullForm, replyMode: 'later', callerName: '陈女士' },
    })
    await store.settle()
    const row = store.db.prepare('SELECT record FROM cases').get() as { record: string }
    expect((JSON.parse(row.record) as CaseRecord).state).toBe('toDispatch')
    expect(store.db.prepare('SELECT name FROM callers ORDER BY caller_id').all()).toEqual([
      { name: '陈先生' },
      { name: '陈女士' },
    ])
  })
})

describe('central away, answers lost, epochs', () => {
  test('what is saved while central is away waits, and drains by itself', async () => {
    const store = await signedIn(await openFixture())
    store.central.reachable = false
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 2, central: 'unreachable' })
    store.central.reachable = true
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({
      waiting: 0,
      central: 'reachable',
      unreachableSince: null,
    })
  })

  test('rule 4: an answer lost on its way doubles nothing', async () => {
    const store = await signedIn(await openFixture())
    store.central.losesAnswers = true
    await store.ask('case.save', { caseId: uuidv7(), callId: 'call-1', form: fullForm })
    await store.settle()
    expect(pending(store.db)).toBe(3)
    store.central.losesAnswers = false
    await store.settle()
    expect(pending(store.db)).toBe(0)
    expect(store.central.applied).toHaveLength(3)
  })

  test('rule 5: another epoch makes the desk send everything again', async () => {
    const store = await signedIn(await openFixture())
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    await store.settle()
    const other = (await signedIn(await openFixture())).central
    other.epoch = 'second'
    store.central.sync = other.sync
    await store.settle()
    await store.settle()
    expect(other.applied).toHaveLength(2)
  })
})

describe('drafts', () => {
  const draft = (caseId: string, content: string) => ({
    caseId,
    callId: null,
    form: { ...fullForm, content },
    startedAt: 5,
  })

  test('are back after the store was opened again, each author their own', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '一'))
    await store.ask('draft.save', draft(caseId, '一二'))
    const again = await signedIn(await openFixture(store.dir, store.central))
    expect(await again.ask('draft.list', null)).toMatchObject([{ caseId, form: { content: '一二' }, caseNo: null }])
    await again.ask('store.signIn', { staffNo: '1004', password: 'x' })
    expect(await again.ask('draft.list', null)).toEqual([])
  })

  test('know the number of their case once it is saved', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '一'))
    const { caseNo } = await store.ask('case.save', { caseId, callId: null, form: fullForm })
    expect(await store.ask('draft.list', null)).toMatchObject([{ caseNo }])
    await store.ask('draft.discard', { caseId })
    expect(await store.ask('draft.list', null)).toEqual([])
  })
})

describe('call facts', () => {
  test('are kept without anybody signed in, told once, and counted', async () => {
    const store = await openFixture()
    const facts = [
      { callId: 'c', kind: 'offered', at: 999_000, number: '1', queue: '12345' },
      { callId: 'c', kind: 'answered', at: 999_500 },
      { callId: 'c', kind: 'answered', at: 999_500 },
    ] as const
    for (const fact of facts) await store.ask('call.record', fact)
    expect(await store.ask('call.unfinished', null)).toEqual(['c'])
    await store.ask('call.record', { callId: 'c', kind: 'ended', at: 999_900, outcome: 'completed' })
    expect(await store.ask('call.unfinished', null)).toEqual([])
    expect(pending(store.db)).toBe(3)
    expect(await store.ask('desk.today', null)).toMatchObject({ answered: 1, missed: 0 })
  })

  test('a leg that was missed and is offered again is open again', async () => {
    const store = await openFixture()
    await store.ask('call.record', { callId: 'c', kind: 'offered', at: 1, number: '1', queue: '' })
    await store.ask('call.record', { callId: 'c', kind: 'ended', at: 2, outcome: 'missed' })
    await store.ask('call.record', { callId: 'c', kind: 'offered', at: 3, number: '1', queue: '' })
    expect(await store.ask('call.unfinished', null)).toEqual(['c'])
  })
})

describe('a full disk', () => {
  /** No page may be added any more: what SQLite says then is what it says on a full disk. */
  const fillUp = (db: { pragma(text: string, options?: { simple: boolean }): unknown }) =>
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
  const long = '很长的内容'.repeat(1_500)

  test('is said with its code, and nothing that was saved before is lost', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', { caseId, callId: null, form: fullForm, startedAt: 5 })
    fillUp(store.db)
    const form = { ...fullForm, content: long }
    expect(await store.askRaw('draft.save', { caseId, callId: null, form, startedAt: 5 })).toMatchObject({
      ok: false,
      error: { code: 'diskFull' },
    })
    expect(await store.askRaw('case.save', { caseId, callId: null, form })).toMatchObject({
      ok: false,
      error: { code: 'diskFull' },
    })
    expect(await store.ask('draft.list', null)).toMatchObject([{ form: { content: fullForm.content }, caseNo: null }])
    expect(pending(store.db)).toBe(0)
  })

  test('stops no exchange with central for good: what could not be taken is fetched again', async () => {
    const store = await signedIn(await openFixture())
    fillUp(store.db)
    store.central.publish({
      id: 'KB-1',
      version: 1,
      family: 'bus',
      title: '公交',
      body: long,
      source: '公交集团',
      unit: '公交集团',
      validUntil: '2027-03-31',
      district: null,
      questions: [],
    })
    await store.settle()
    expect((await store.ask('kb.search', { query: '公交' })).hits).toEqual([])
    store.db.pragma('max_page_count = 1000000')
    await store.settle()
    await store.settle()
    expect((await store.ask('kb.search', { query: '公交' })).hits).toHaveLength(1)
  })
})
