import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseForm } from '../../shared/case/case-form.ts'
import { mutationKind } from '../../shared/sync/mutation-kind.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { Verdict } from './fake-central.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const kindOf = mutationKind
const refusing =
  (...kinds: string[]) =>
  (mutation: Mutation): Verdict | null =>
    kinds.includes(kindOf(mutation)) ? { status: 'refused', code: 'illegalTransition' } : null

/** Saves a case and lets central answer. */
async function save(store: StoreFixture, form: CaseForm = fullForm, caseId = uuidv7(), callId: string | null = null) {
  const { caseNo } = await store.ask('case.save', { caseId, callId, form })
  await store.settle()
  return { caseId, caseNo }
}

const list = (store: StoreFixture) => store.ask('sync.refused', null)
const drafts = (store: StoreFixture) => store.ask('draft.list', null)
const count = async (store: StoreFixture) => (await store.ask('sync.status', null)).refused

async function firstId(store: StoreFixture): Promise<string> {
  const [first] = await list(store)
  if (first === undefined) throw new Error('nothing on the list')
  return first.id
}

describe('the list of what central refused', () => {
  test('S4.1 shows a case that was not opened as one entry with all its words, whatever was built upon it', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = refusing('case.open')
    store.central.reachable = false
    const caseId = uuidv7()
    const { caseNo } = await store.ask('case.save', { caseId, callId: null, form: fullForm })
    // Corrected before central answered: the edits are refused with it, and their words are the newest.
    const form = { ...fullForm, content: '改后', callerName: '陈女士', district: '江海区' }
    await store.ask('case.save', { caseId, callId: null, form })
    store.central.reachable = true
    await store.settle()
    expect(store.central.applied.map(kindOf)).toEqual(['case.open', 'case.reply', 'case.edit'])
    const refused = { status: 'refused', code: 'illegalTransition', what: 'case.open', at: 1_000_000 }
    expect(await list(store)).toMatchObject([{ ...refused, caseNo, form }])
    expect(await count(store)).toBe(1)
  })

  test('S4.1 shows edits and replies upon the case as it stands today, the newest first', async () => {
    const store = await signedIn(await openFixture())
    const { caseId, caseNo } = await save(store)
    store.central.judge = refusing('case.edit', 'case.reply')
    await save(store, { ...fullForm, content: '没有收下的改动' }, caseId)
    await save(store, { ...fullForm, replyMode: 'later', reply: '转办' }, caseId)
    store.central.judge = () => null
    await save(store, { ...fullForm, street: '白沙街道' }, caseId)
    expect(await list(store)).toMatchObject([
      { what: 'case.reply', caseNo, form: { ...fullForm, street: '白沙街道', replyMode: 'later', reply: '转办' } },
      { what: 'case.edit', caseNo, form: { ...fullForm, street: '白沙街道', content: '没有收下的改动' } },
    ])
  })

  test('shows an edit of a case that is gone with what was typed here', async () => {
    const store = await signedIn(await openFixture())
    const { caseId } = await save(store)
    store.central.judge = refusing('case.edit')
    await save(store, { ...fullForm, content: '改动' }, caseId)
    store.db.exec('DELETE FROM cases')
    expect(await list(store)).toMatchObject([{ form: { ...fullForm, content: '改动' } }])
    store.db.exec(`DELETE FROM outbox WHERE mutation NOT LIKE '%case.edit%'`)
    expect(await list(store)).toMatchObject([{ caseNo: null, form: { content: '改动', callerName: '', kind: null } }])
  })

  test('S4.1 shows a fact of a call without words, and each author their own', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = () => ({ status: 'quarantined', code: 'invalidInput' })
    await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 1 }, author: '' })
    await store.settle()
    const shown = { status: 'quarantined', code: 'invalidInput', what: 'call', caseNo: null, form: null }
    expect(await list(store)).toMatchObject([shown])
    await signedIn(store, '1004')
    expect([await list(store), await count(store)]).toEqual([[], 0])
    await store.ask('store.signOut', null)
    expect(await count(store)).toBe(0)
    expect(await store.askRaw('sync.refused', null)).toMatchObject({ error: { code: 'notSignedIn' } })
  })

  test('is not taken down by an odd entry', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = refusing('case.open')
    await save(store)
    const odd = { id: uuidv7(), at: 1, author: '1003', body: { kind: 'case', command: { type: 'case.open' } } }
    store.db
      .prepare(`INSERT INTO outbox (id, mutation, state, created_at) VALUES (?, ?, 'quarantined', 1)`)
      .run(odd.id, JSON.stringify(odd))
    expect(await list(store)).toMatchObject([{ id: odd.id, form: null }, { form: { content: fullForm.content } }])
  })
})

describe('taking back', () => {
  test('S4.2 makes a draft of a new case with the words and the call, and takes it all off the list', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = refusing('case.open', 'case.reply')
    const { caseId: refusedCase } = await save(store, fullForm, uuidv7(), 'call-1')
    const id = await firstId(store)
    const before = store.published.length
    const { caseId } = await store.ask('sync.takeBack', { id })
    expect(caseId).not.toBe(refusedCase)
    await store.settle()
    expect(store.published[before]).toMatchObject({ name: 'sync.changed', data: { refused: 0 } })
    expect(await drafts(store)).toMatchObject([
      { caseId, callId: 'call-1', form: fullForm, caseNo: null, clean: false },
    ])
    expect([await list(store), await count(store)]).toEqual([[], 0])
    store.central.judge = () => null
    await save(store, fullForm, caseId, 'call-1')
    expect(await list(store)).toEqual([])
  })

  test('S4.2 makes a draft of the case itself where that stands', async () => {
    const store = await signedIn(await openFixture())
    const saved = await save(store)
    store.central.judge = refusing('case.edit')
    await save(store, { ...fullForm, content: '改动' }, saved.caseId)
    await store.ask('sync.takeBack', { id: await firstId(store) })
    expect(await drafts(store)).toMatchObject([{ ...saved, clean: false, form: { content: '改动' } }])
  })

  test('S4.2 writes over no draft: other words of the same case stand beside it, in that case', async () => {
    const store = await signedIn(await openFixture())
    const saved = await save(store)
    store.central.judge = refusing('case.edit')
    await save(store, { ...fullForm, content: '改动' }, saved.caseId)
    const typed = { caseId: saved.caseId, callId: null, startedAt: 5, author: '1003' }
    await store.ask('draft.save', { ...typed, form: { ...fullForm, content: '后来又打的字' } })
    const { caseId } = await store.ask('sync.takeBack', { id: await firstId(store) })
    expect(caseId).toBe(saved.caseId)
    expect(await drafts(store)).toMatchObject([
      { caseId: saved.caseId, clean: false, form: { content: '后来又打的字\n改动' } },
    ])
  })

  test('S4.2 leaves a draft of another author alone', async () => {
    const store = await signedIn(await openFixture())
    const saved = await save(store)
    store.central.judge = refusing('case.edit')
    await save(store, { ...fullForm, content: '改动' }, saved.caseId)
    const typed = { caseId: saved.caseId, callId: null, startedAt: 5, author: '1004' }
    await store.ask('draft.save', { ...typed, form: { ...fullForm, content: '同事的字' } })
    const { caseId } = await store.ask('sync.takeBack', { id: await firstId(store) })
    expect(caseId).not.toBe(saved.caseId)
    expect(await drafts(store)).toMatchObject([{ caseId, caseNo: null, form: { content: '改动' } }])
  })

  test('finds its words in the draft that stands: that one is no more saved than they are', async () => {
    const store = await signedIn(await openFixture())
    const saved = await save(store)
    const form = { ...fullForm, content: '改动' }
    await store.ask('draft.save', { caseId: saved.caseId, callId: null, startedAt: 5, author: '1003', form })
    store.central.judge = refusing('case.edit')
    await save(store, form, saved.caseId)
    expect(await drafts(store)).toMatchObject([{ clean: true }])
    expect(await store.ask('sync.takeBack', { id: await firstId(store) })).toEqual({ caseId: saved.caseId })
    expect(await drafts(store)).toMatchObject([{ ...saved, form, clean: false }])
  })

  test('leaves no draft that says it is saved, of a case that central does not have', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', { caseId, callId: null, startedAt: 5, author: '1003', form: fullForm })
    store.central.judge = refusing('case.open', 'case.reply')
    await save(store, fullForm, caseId)
    const taken = await store.ask('sync.takeBack', { id: await firstId(store) })
    expect(await drafts(store)).toMatchObject([{ caseId: taken.caseId, caseNo: null, clean: false }])
  })

  test('S1.4 S4.2 is of one’s own, with words, and once; what fails in the middle leaves all as it was', async () => {
    const store = await signedIn(await openFixture())
    store.central.judge = refusing('case.open', 'case.reply', 'answered')
    await save(store)
    const id = await firstId(store)
    await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 1 }, author: '' })
    await store.settle()
    const notFound = { ok: false, error: { code: 'notFound' } }
    expect(await store.askRaw('sync.takeBack', { id: await firstId(store) })).toMatchObject(notFound)
    expect(await store.askRaw('sync.takeBack', { id: uuidv7() })).toMatchObject(notFound)
    await signedIn(store, '1004')
    expect(await store.askRaw('sync.takeBack', { id })).toMatchObject(notFound)
    expect(await store.askRaw('sync.dismiss', { id })).toMatchObject(notFound)
    await signedIn(store, '1003')
    store.db.exec(`CREATE TRIGGER trouble BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
    expect(await store.askRaw('sync.takeBack', { id })).toMatchObject({ ok: false })
    expect(await drafts(store)).toEqual([])
    store.db.exec('DROP TRIGGER trouble')
    await store.ask('sync.takeBack', { id })
    expect(await store.askRaw('sync.takeBack', { id })).toMatchObject(notFound)
  })
})

test('S4.3 dismissing takes a case off the list with what was built upon it, and keeps it in the file', async () => {
  const store = await signedIn(await openFixture())
  store.central.judge = refusing('case.open', 'case.reply')
  await save(store)
  const before = store.published.length
  await store.ask('sync.dismiss', { id: await firstId(store) })
  await store.settle()
  expect(store.published.slice(before)).toContainEqual({
    name: 'sync.changed',
    data: expect.objectContaining({ refused: 0 }) as unknown,
  })
  expect([await list(store), await drafts(store)]).toEqual([[], []])
  const kept = store.db.prepare(`SELECT count(*) AS n FROM outbox WHERE state = 'refused' AND dealt_at = 1000000`)
  expect(kept.get()).toEqual({ n: 2 })
})
