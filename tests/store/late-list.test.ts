import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { LateEdit } from '../../shared/case/late-edit.ts'
import { mutationKind } from '../../shared/sync/mutation-kind.ts'

import { content, editElsewhere, hear, recordOf, saveForm, tellCentral, type } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const list = (store: StoreFixture) => store.ask('sync.late', null)
const count = async (store: StoreFixture) => (await store.ask('sync.status', null)).late
const draft = async (store: StoreFixture) => (await store.ask('draft.list', null))[0]
const kindOf = mutationKind
const settlements = (store: StoreFixture) => store.central.applied.filter((one) => kindOf(one) === 'case.settle')

async function firstOf(store: StoreFixture): Promise<LateEdit> {
  const [first] = await list(store)
  if (first === undefined) throw new Error('nothing late')
  return first
}

const choice = ({ caseId, late, standing }: LateEdit, take: boolean) => ({
  caseId,
  late,
  take,
  standing: standing.parts,
})
const settle = async (store: StoreFixture, take: boolean) =>
  store.ask('case.settle', choice(await firstOf(store), take))

/** A saved case of hers, whose content a colleague changed while she wrote; her own came late. */
async function metInContent() {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await editElsewhere(store, caseId, 2, content('同事的内容'))
  await saveForm(store, caseId, { ...fullForm, content: '我的内容' })
  expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: '同事的内容' } }, late: [{}] })
  return { store, caseId }
}

describe('the list of what came late', () => {
  test('S10.1 shows each beside what stands, with whose words they are and since when, and counts them', async () => {
    const { store, caseId } = await metInContent()
    const { caseNo } = recordOf(store, caseId)
    expect(await list(store)).toMatchObject([
      {
        caseId,
        caseNo,
        late: { group: 'content' },
        standing: { parts: { content: '同事的内容' }, by: '1004', at: 2_000 },
        offered: { parts: { content: '我的内容' }, by: '1003', at: 1_000_000 },
      },
    ])
    expect(await count(store)).toBe(1)
    expect(store.published.at(-1)).toMatchObject({ name: 'sync.changed', data: { late: 1 } })
  })

  test('S10.1 shows a colleague’s late edit of a case that she opened, whoever the caller is in it', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await saveForm(store, caseId, fullForm)
    await saveForm(store, caseId, { ...fullForm, callerName: '陈女士' })
    const caller = { callerId: uuidv7(), name: '程女士', phone: '13800001111' }
    const edits = [{ group: 'caller' as const, value: { callerId: caller.callerId } }]
    await tellCentral(store, { type: 'case.edit', caseId, base: { revision: 1 }, edits }, { caller })
    await hear(store)
    expect(await list(store)).toMatchObject([
      {
        standing: { parts: { callerName: '陈女士', callerPhone: fullForm.callerPhone }, by: '1003' },
        offered: { parts: { callerName: '程女士', callerPhone: '13800001111' }, by: '1004' },
      },
    ])
  })

  test('S10.1 is of those whom it concerns, and of nobody when nobody is signed in', async () => {
    const { store } = await metInContent()
    const choosing = choice(await firstOf(store), true)
    await signedIn(store, '1005')
    expect([await list(store), await count(store)]).toEqual([[], 0])
    expect(await store.askRaw('case.settle', choosing)).toMatchObject({ error: { code: 'forbidden' } })
    await store.ask('store.signOut', null)
    expect(await count(store)).toBe(0)
    for (const [name, input] of [
      ['sync.late', null],
      ['case.settle', choosing],
    ] as const)
      expect(await store.askRaw(name, input)).toMatchObject({ error: { code: 'notSignedIn' } })
  })

  test('S10.1 is found by its index, however many cases there are', async () => {
    const { store } = await metInContent()
    const sql = `SELECT case_id FROM cases WHERE late > 0`
    expect(store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()).toMatchObject([
      { detail: expect.stringContaining('cases_late') as unknown },
    ])
  })

  test('S10.1 names the author of words that were taken, not who took them', async () => {
    const { store, caseId } = await metInContent()
    await settle(store, true)
    await store.settle()
    await editElsewhere(store, caseId, 2, content('又一位同事的'))
    await hear(store)
    expect(await firstOf(store)).toMatchObject({ standing: { by: '1003', at: 1_000_000 }, offered: { by: '1004' } })
  })
})

describe('a choice', () => {
  test.each([
    [true, '我的内容'],
    [false, '同事的内容'],
  ])('S10.2 taken %s: it is one mutation, sent once, and %s stands here and at central', async (take, text) => {
    const { store, caseId } = await metInContent()
    store.central.reachable = false
    await settle(store, take)
    expect([await list(store), await count(store)]).toEqual([[], 0])
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text } }, late: [] })
    store.central.reachable = true
    await store.settle()
    expect(settlements(store)).toMatchObject([
      { author: '1003', session: store.central.sessionOf('1003'), body: { command: { take } } },
    ])
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text } }, late: [] })
  })

  test('S10.2 goes upon her own last word where that is what stands, sent or not', async () => {
    const { store, caseId } = await metInContent()
    await settle(store, true)
    await store.settle()
    await editElsewhere(store, caseId, 2, content('同事晚到的'))
    await hear(store)
    store.central.reachable = false
    await saveForm(store, caseId, { ...fullForm, content: '我的第二版' })
    expect(await firstOf(store)).toMatchObject({ standing: { parts: { content: '我的第二版' } } })
    await settle(store, true)
    store.central.reachable = true
    await store.settle()
    expect(await store.ask('sync.refused', null)).toEqual([])
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: '同事晚到的' } }, late: [] })
  })

  test('S10.2 stands whole or not at all', async () => {
    const { store, caseId } = await metInContent()
    store.db.exec(`CREATE TRIGGER trouble BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
    expect(await store.askRaw('case.settle', choice(await firstOf(store), true))).toMatchObject({ ok: false })
    expect(recordOf(store, caseId).late).toHaveLength(1)
    await store.settle()
    expect(settlements(store)).toEqual([])
  })

  test('S10.3 is refused where it was settled meanwhile, and where other words stand than were shown', async () => {
    const { store, caseId } = await metInContent()
    const seen = await firstOf(store)
    await editElsewhere(store, caseId, 9, content('同事又改了'))
    await hear(store)
    const refusal = (detail: string) => ({ ok: false, error: { code: 'illegalTransition', detail } })
    expect(await store.askRaw('case.settle', choice(seen, true))).toEqual(refusal('late.changed'))
    expect(await list(store)).toMatchObject([{ standing: { parts: { content: '同事又改了' } } }])
    await settle(store, false)
    expect(await store.askRaw('case.settle', choice(seen, true))).toEqual(refusal('late.settled'))
    expect(await store.askRaw('case.settle', { ...choice(seen, true), caseId: uuidv7() })).toMatchObject({
      error: { code: 'notFound' },
    })
    await store.settle()
    expect(settlements(store)).toHaveLength(1)
  })

  test('S10.3 that central refuses stands on the list of what was refused, and both are offered again', async () => {
    const { store, caseId } = await metInContent()
    await editElsewhere(store, caseId, 9, content('同事又改了'))
    // Not heard of yet: here the choice is upon what was shown.
    await settle(store, true)
    await store.settle()
    expect(await store.ask('sync.refused', null)).toMatchObject([{ what: 'case.settle', form: null }])
    expect(await list(store)).toMatchObject([
      { standing: { parts: { content: '同事又改了' } }, offered: { parts: { content: '我的内容' } } },
    ])
  })
})

describe('her draft goes along', () => {
  test.each([
    [true, '我的内容'],
    [false, '同事的内容'],
  ])('S10.4 taken %s: it shows %s, saved, and its next words are not late', async (take, text) => {
    const { store, caseId } = await metInContent()
    expect(await settle(store, take)).toMatchObject({ seen: { content: '我的内容' }, parts: { content: text } })
    expect(await draft(store)).toMatchObject({ clean: true, form: { ...fullForm, content: text } })
    await store.settle()
    await saveForm(store, caseId, { ...fullForm, content: `${text}，补充` })
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: `${text}，补充` } }, late: [] })
  })

  test('S10.4 words that she has not saved stay, in that group and in others', async () => {
    const { store, caseId } = await metInContent()
    const typed = { ...fullForm, content: '还没保存的', street: '白沙街道' }
    await type(store, caseId, typed)
    await settle(store, false)
    expect(await draft(store)).toMatchObject({ clean: false, form: typed })
    await store.settle()
    await saveForm(store, caseId, typed)
    expect(recordOf(store, caseId)).toMatchObject({
      groups: { content: { text: '还没保存的' }, place: { street: '白沙街道' } },
      late: [],
    })
  })

  test('S10.4 the draft of another is left as it is', async () => {
    const { store, caseId } = await metInContent()
    store.db.prepare(`UPDATE drafts SET author = '1005' WHERE case_id = ?`).run(caseId)
    const before = store.db.prepare('SELECT * FROM drafts').all()
    await settle(store, false)
    expect(store.db.prepare('SELECT * FROM drafts').all()).toEqual(before)
  })
})
