import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { baseOf } from '../../shared/case/history.ts'
import type { CaseForm } from '../../shared/case/case-form.ts'
import { createMeta } from '../../electron/store/db/meta.ts'
import { createReplicaTables } from '../../electron/store/db/replica-tables.ts'
import { showCase } from '../../electron/store/sync/replica.ts'
import { mutationKind } from '../../shared/sync/mutation-kind.ts'
import { PROTOCOL_VERSION, type Mutation } from '../../shared/sync/protocol.ts'
import { hear, recordOf } from './colleague.ts'
import { fullForm, openFixture, signedIn } from './store-fixture.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const pending = (db: { prepare(sql: string): { get(): unknown } }) =>
  (db.prepare(`SELECT count(*) AS n FROM outbox WHERE state = 'pending'`).get() as { n: number }).n

describe('saving a case', () => {
  test('S2.1 opens it with its reply, gives its final number, and central gets both in order', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    const { caseNo } = await store.ask('case.save', { caseId, callId: 'call-1', form: fullForm })
    expect(caseNo).toMatch(/^JM\d{8}-A1-0001$/)
    await store.settle()
    const kinds = store.central.applied.map(mutationKind)
    expect(kinds).toEqual(['case.open', 'case.reply', 'settled'])
    expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable', refused: 0 })
  })

  test('S2.1 a case is shown as what stands in the outbox tells it', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    const tables = createReplicaTables(store.db, createMeta(store.db), () => defaultNumberPlan.areaCode)
    // An edit of a case that never came about is still on its way when the case is opened.
    const edits = [{ group: 'content' as const, value: { text: '早先' } }]
    const command = { type: 'case.edit' as const, caseId, base: { revision: 0 }, edits }
    const body = { kind: 'case' as const, command, caller: null }
    tables.outbox.add({ id: uuidv7(), at: 1, author: '1003', session: null, body }, 1)
    await store.ask('case.save', { caseId, callId: 'call-1', form: { ...fullForm, replyMode: 'later', reply: '' } })
    const shown = tables.cases.get(caseId)
    showCase(tables, caseId, [])
    expect(tables.cases.get(caseId)).toEqual(shown)
    expect(shown).toMatchObject({ events: [], record: { state: 'toDispatch', callId: 'call-1', revision: 2 } })
  })

  test('S2.1 a case that central’s events tell whole is kept once, as they tell it', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    store.central.reachable = false
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    const kept = () => store.db.prepare('SELECT record IS NOT NULL AS own FROM cases').get()
    const ownWords = recordOf(store, caseId)
    expect(kept()).toEqual({ own: 1 })
    store.central.reachable = true
    await store.settle()
    await hear(store)
    expect(kept()).toEqual({ own: 0 })
    expect(recordOf(store, caseId)).toEqual(ownWords)
  })

  test('S1.4 a form that misses something is refused by name and nothing is written', async () => {
    const store = await signedIn(await openFixture())
    const answer = await store.askRaw('case.save', {
      caseId: uuidv7(),
      callId: null,
      form: { ...fullForm, content: '' },
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalidInput', detail: 'content' } })
    expect(pending(store.db)).toBe(0)
  })

  test('S2.2 a second save sends only what changed, upon what went before', async () => {
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

  describe('S2.5 a colleague’s change that came since', () => {
    /** A case that was saved with its draft, then changed by a colleague, of which this desk has heard. */
    async function changedMeanwhile() {
      const store = await signedIn(await openFixture())
      const caseId = uuidv7()
      const save = async (form: CaseForm) => {
        await store.ask('draft.save', { caseId, callId: null, form, startedAt: 1, author: '1003' })
        await store.ask('case.save', { caseId, callId: null, form })
        await store.settle()
      }
      const record = () => recordOf(store, caseId)
      await save(fullForm)
      const command = {
        type: 'case.edit' as const,
        caseId,
        base: baseOf(store.central.eventsOf(caseId)),
        edits: [{ group: 'content' as const, value: { text: '同事补充的内容' } }],
      }
      const theirs = {
        id: uuidv7(),
        at: 2,
        author: '1004',
        session: null,
        body: { kind: 'case', command, caller: null },
      }
      await store.central.sync('another', {
        protocol: PROTOCOL_VERSION,
        storeId: uuidv7(),
        epoch: null,
        cursor: 0,
        last: null,
        mutations: [theirs as Mutation],
      })
      store.central.applied.length = 0
      await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 1 }, author: '1003' })
      await store.settle()
      expect(record().groups.content.text).toBe('同事补充的内容')
      const sent = () => store.central.applied.flatMap(({ body }) => (body.kind === 'case' ? [body.command] : []))
      return { save, record, sent }
    }

    test('stays when she saves something else', async () => {
      const { save, record, sent } = await changedMeanwhile()
      await save({ ...fullForm, street: '白沙街道' })
      expect(sent()).toMatchObject([{ type: 'case.edit', edits: [{ group: 'place' }] }])
      expect(record().groups).toMatchObject({ content: { text: '同事补充的内容' }, place: { street: '白沙街道' } })
    })

    test('stands beside hers when she changes the same', async () => {
      const { save, record, sent } = await changedMeanwhile()
      await save({ ...fullForm, content: '她后来改的内容' })
      await save({ ...fullForm, content: '她后来改的内容' })
      expect(sent()).toHaveLength(1)
      expect(record()).toMatchObject({
        groups: { content: { text: '同事补充的内容' } },
        late: [{ group: 'content', value: { text: '她后来改的内容' }, by: '1003' }],
      })
    })
  })

  test('S2.3 a changed way to reply is told to central as a reply, and who it was before stays provable', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    await store.ask('case.save', {
      caseId,
      callId: null,
      form: { ...fullForm, replyMode: 'later', callerName: '陈女士' },
    })
    await store.settle()
    expect(recordOf(store, caseId).state).toBe('toDispatch')
    expect(store.db.prepare('SELECT name FROM callers ORDER BY caller_id').all()).toEqual([
      { name: '陈先生' },
      { name: '陈女士' },
    ])
  })
})

describe('central away, answers lost, epochs', () => {
  test('S2.4 what is saved while central is away waits, and drains by itself', async () => {
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

  test('S5.1 an answer lost on its way doubles nothing', async () => {
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

  test('S5.2 another epoch makes the desk send everything again', async () => {
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
