import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Article, Change } from '../../shared/sync/protocol.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const article = (id: string, more: object = {}) =>
  ({
    id,
    version: 1,
    family: 'bus',
    title: `${id} 公交`,
    body: '首末班',
    source: '公交集团',
    unit: '公交集团',
    validUntil: '2027-03-31',
    district: null,
    questions: [],
    ...more,
  }) as Article

const groups = (text: string) => ({
  classification: { kind: 'help', code: '0101' },
  place: { district: '蓬江区', street: null, address: '' },
  caller: { callerId: uuidv7() },
  content: { text },
  reply: { mode: null, text: '', articles: [] },
})
const opened = (text: string) =>
  ({ type: 'caseOpened', caseNo: 'JM1', callId: null, groups: groups(text), at: 1, by: '1001' }) as unknown as CaseEvent
const caseChange = (seq: number, events: unknown[], callers: unknown[] = []): Change =>
  ({ kind: 'case', seq, caseId: uuidv7(), events, callers }) as Change

const cursorOf = ({ db }: StoreFixture) => db.prepare(`SELECT value FROM meta WHERE key = 'cursor'`).get()
const skippedBy = ({ logged }: StoreFixture) => logged.filter(({ event }) => event === 'changeSkipped')
const casesOf = ({ db }: StoreFixture) => db.prepare('SELECT case_id AS caseId FROM cases').all()

describe('a change from central that cannot be applied', () => {
  test('S5.3 is left out and noted by place and kind; the rest is taken, and the feed goes on', async () => {
    const store = await signedIn(await openFixture())
    const good = [caseChange(3, [opened('好的')]), caseChange(5, [opened('也好')])]
    const odd = [
      caseChange(1, [{ type: 'caseReplied', state: 'toDispatch', at: 1, by: '1001' }]),
      caseChange(2, [opened('私密的话'), { type: 'fromTheFuture', at: 1, by: '1001' }]),
      caseChange(4, [opened('私密的话')], [{ callerId: { strange: true }, name: '私密', phone: '13800138000' }]),
    ]
    for (const change of [odd[0], odd[1], good[0], odd[2], good[1]]) if (change) store.central.push(change)
    store.central.publish(article('KB-1'))
    store.central.publish(article('KB-2', { questions: null }))
    store.central.publish(article('KB-3'))
    await store.settle()
    await expect.poll(async () => (await store.ask('sync.status', null)).articles).toBe(2)
    expect(cursorOf(store)).toEqual({ value: '8' })
    expect(casesOf(store)).toEqual(good.map((change) => ({ caseId: change.kind === 'case' ? change.caseId : '' })))
    expect(skippedBy(store).map(({ data }) => data)).toMatchObject([
      { kind: 'case', seq: 1, name: 'Error' },
      { kind: 'case', seq: 2 },
      { kind: 'case', seq: 4 },
      { kind: 'article', seq: 7, name: 'TypeError' },
    ])
    expect(JSON.stringify(store.logged)).not.toContain('私密')
    expect(store.db.prepare('SELECT count(*) AS n FROM callers').get()).toEqual({ n: 0 })
    expect((await store.ask('kb.search', { query: '公交' })).hits.map(({ id }) => id).toSorted()).toEqual([
      'KB-1',
      'KB-3',
    ])
  })

  test('leaves a case of one’s own as the desk decided it, and its mutations answered', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    store.central.reachable = false
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    await store.settle()
    const { sync } = store.central
    store.central.sync = async (token, request) => {
      const answer = await sync(token, request)
      if (!answer.ok) return answer
      const changes = answer.value.changes.map((change) =>
        change.kind === 'case' ? { ...change, events: [{ type: 'strange' } as unknown as CaseEvent] } : change,
      )
      return { ...answer, value: { ...answer.value, changes } }
    }
    store.central.reachable = true
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, refused: 0 })
    expect(await store.ask('case.ofCaller', { phone: '0750-3500123' })).toMatchObject({
      cases: [{ caseId, content: fullForm.content, state: 'repliedAtOnce' }],
    })
    expect(store.published.filter(({ name }) => name === 'case.confirmed')).toEqual([])
  })
})

describe('a run of the engine that throws', () => {
  test('S5.4 is logged without what was said, and tried again', async () => {
    const store = await signedIn(await openFixture())
    const { sync } = store.central
    store.central.sync = () => Promise.reject(new RangeError('words of a citizen'))
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    await store.settle()
    const failed = store.logged.filter(({ event }) => event === 'syncFailed')
    expect(failed.length).toBeGreaterThan(1)
    expect(failed[0]?.data).toMatchObject({ name: 'RangeError' })
    expect(JSON.stringify(store.logged)).not.toContain('citizen')
    store.central.sync = sync
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
  })

  test('S5.4 takes nothing by halves', async () => {
    const store = await signedIn(await openFixture())
    store.db.exec(`CREATE TEMP TRIGGER trouble BEFORE UPDATE ON main.meta WHEN NEW.key = 'clockOffset'
                   BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 2 })
    store.db.exec('DROP TRIGGER trouble')
    await store.settle()
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0 })
    expect(store.central.applied).toHaveLength(2)
  })

  test('S1.5 does not make a save look failed that stands', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    store.db.exec('ALTER TABLE articles RENAME TO articles_gone')
    expect(await store.ask('case.save', { caseId, callId: null, form: fullForm })).toMatchObject({
      caseNo: expect.any(String) as unknown,
    })
    await store.settle()
    expect(store.logged).toContainEqual({ event: 'statusFailed', data: expect.anything() as unknown })
  })
})

test('S5.5 what comes along with the sign is taken where the desk stands just before it; elsewhere it asks', async () => {
  const store = await signedIn(await openFixture())
  const asked = () => store.central.asked
  await store.settle()
  const before = asked()
  const meta = (key: string) =>
    (store.db.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string }).value
  const from = Number(meta('cursor'))
  const page = {
    epoch: store.central.epoch,
    from,
    head: from + 3,
    changes: [{ kind: 'article' as const, seq: from + 3, article: article('KB-9') }],
  }
  store.hear(page)
  await expect.poll(() => meta('cursor')).toBe(String(from + 3))
  expect((await store.ask('kb.search', { query: '公交' })).hits).toHaveLength(1)
  expect(asked()).toBe(before)
  // Another epoch, and a page that begins elsewhere: nothing of them is taken.
  for (const strange of [
    { ...page, epoch: 'another', from: from + 3, head: from + 9 },
    { ...page, from: from + 4, head: from + 9 },
    null,
  ]) {
    store.hear(strange)
    await store.settle()
  }
  expect(asked()).toBeGreaterThanOrEqual(before + 3)
  expect((await store.ask('kb.search', { query: '公交' })).hits).toHaveLength(1)
})
