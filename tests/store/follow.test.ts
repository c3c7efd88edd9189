import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { GroupName } from '../../shared/case/case-record.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { StandingNow } from '../../shared/case/late-edit.ts'
import type { CommandOutput } from '../../shared/ipc.ts'
import { content, editElsewhere, hear, recordOf, saveForm, type } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

/** A case that she saved; a colleague changed its content, and this desk has heard of it. */
async function changedElsewhere() {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await editElsewhere(store, caseId, 2, content('同事的内容'))
  await hear(store)
  return { store, caseId }
}

async function standing(store: StoreFixture, caseId: string, group: GroupName): Promise<StandingNow> {
  const all: CommandOutput<'case.standing'> = await store.ask('case.standing', { caseId })
  const found = all?.find((one) => one.group === group)
  if (found === undefined) throw new Error('no such group')
  return found
}

/** The desk shows a group as it stands. */
async function show(store: StoreFixture, caseId: string, group: GroupName): Promise<void> {
  const { parts, base } = await standing(store, caseId, group)
  await store.ask('draft.follow', { caseId, seen: [{ group, parts, base }] })
}

const draft = async (store: StoreFixture) => (await store.ask('draft.list', null))[0]

describe('a colleague’s change of a case that stands open', () => {
  test('S10.5 is told beside what she has seen', async () => {
    const { store, caseId } = await changedElsewhere()
    expect(await standing(store, caseId, 'content')).toMatchObject({
      parts: { content: '同事的内容' },
      by: '1004',
      at: 2_000,
      seen: { content: fullForm.content },
    })
    const { parts, seen } = await standing(store, caseId, 'place')
    expect(seen).toEqual(parts)
  })

  test('S10.5 once shown is what her draft says, saved, and what she writes upon it is not late', async () => {
    const { store, caseId } = await changedElsewhere()
    await show(store, caseId, 'content')
    expect(await draft(store)).toMatchObject({ clean: true, form: { ...fullForm, content: '同事的内容' } })
    await saveForm(store, caseId, { ...fullForm, content: '同事的内容，又补充' })
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: '同事的内容，又补充' } }, late: [] })
  })

  test('S10.5 words of hers that came to the store meanwhile stay, and are not late', async () => {
    const { store, caseId } = await changedElsewhere()
    const typed = { ...fullForm, content: '她在看到之后打的' }
    await type(store, caseId, typed)
    await show(store, caseId, 'content')
    expect(await draft(store)).toMatchObject({ clean: false, form: typed })
    await saveForm(store, caseId, typed)
    expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: '她在看到之后打的' } }, late: [] })
  })

  test('S10.5 in another group than the one that was shown is not seen by it', async () => {
    const { store, caseId } = await changedElsewhere()
    await editElsewhere(store, caseId, 2, {
      group: 'place',
      value: { district: '新会区', street: null, address: '同事的地址' },
    })
    await hear(store)
    await show(store, caseId, 'content')
    // She changes both: she has seen the content, but never the place.
    await saveForm(store, caseId, { ...fullForm, content: '她的内容', address: '她的地址' })
    expect(recordOf(store, caseId)).toMatchObject({
      groups: { content: { text: '她的内容' }, place: { address: '同事的地址' } },
      late: [{ group: 'place', value: { address: '她的地址' } }],
    })
  })

  test('S10.5 is nothing to a draft of another, to one that was never saved, and to a case that is not here', async () => {
    const { store, caseId } = await changedElsewhere()
    await signedIn(store, '1005')
    expect(await store.ask('case.standing', { caseId })).toBe(null)
    const before = store.db.prepare('SELECT * FROM drafts').all()
    await store.ask('draft.follow', {
      caseId,
      seen: [{ group: 'content', parts: { content: '别人的' }, base: { revision: 9 } }],
    })
    expect(store.db.prepare('SELECT * FROM drafts').all()).toEqual(before)
    expect(await store.ask('case.standing', { caseId: uuidv7() })).toBe(null)
  })
})

test('S10.6 what central refused is nobody’s seen words: they stay in her form, and are sent anew with the next save', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  store.central.judge = ({ body }) =>
    body.kind === 'case' && body.command.type === 'case.edit' ? { status: 'refused', code: 'illegalTransition' } : null
  await saveForm(store, caseId, { ...fullForm, content: '没有收下的' })
  store.central.judge = () => null
  expect((await standing(store, caseId, 'content')).seen).toBe(null)
  expect((await standing(store, caseId, 'place')).seen).not.toBe(null)
  await saveForm(store, caseId, { ...fullForm, content: '没有收下的', street: '白沙街道' })
  expect(recordOf(store, caseId)).toMatchObject({
    groups: { content: { text: '没有收下的' }, place: { street: '白沙街道' } },
    late: [],
  })
})

test('S10.6 a refused choice makes no other words look refused: a colleague’s unseen change stays', async () => {
  const { store, caseId } = await changedElsewhere()
  const late = { mutation: uuidv7(), group: 'content' as const }
  const command = { type: 'case.settle', caseId, base: { revision: 3 }, late, take: true }
  const refused = { id: uuidv7(), at: 1, author: '1003', session: null, body: { kind: 'case', command, caller: null } }
  store.db
    .prepare(`INSERT INTO outbox (id, case_id, mutation, state, created_at) VALUES (?, ?, ?, 'refused', 1)`)
    .run(refused.id, caseId, JSON.stringify(refused))
  await saveForm(store, caseId, { ...fullForm, street: '白沙街道' })
  expect(recordOf(store, caseId).groups).toMatchObject({
    content: { text: '同事的内容' },
    place: { street: '白沙街道' },
  })
})

test('S5.10 the events of a case that came in bytes are kept in them', async () => {
  const { store, caseId } = await changedElsewhere()
  const texts: string[] = []
  const { sync } = store.central
  store.central.sync = async (device, request) => {
    const said = await sync(device, request)
    if (!said.ok) return said
    const changes = said.value.changes.map((change) => {
      if (change.kind !== 'case') return change
      texts.push(
        JSON.stringify(
          change.events.map((event) => ({ ...event, since2027: '新' })),
          null,
          1,
        ),
      )
      return { ...change, bytes: new TextEncoder().encode(texts.at(-1)) }
    })
    return ok({ ...said.value, changes })
  }
  await editElsewhere(store, caseId, 3, content('再改一次'))
  await hear(store)
  const stored = store.db.prepare<[string], string>('SELECT events FROM cases WHERE case_id = ?').pluck().get(caseId)
  expect(stored).toBe(texts.at(-1))
  expect(recordOf(store, caseId)).toMatchObject({ groups: { content: { text: '再改一次' } } })
})

test('S2.1 what she saves while central’s answer is on its way stands upon what that brings', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await editElsewhere(store, caseId, 2, content('同事的内容'))
  const { sync } = store.central
  store.central.sync = async (device, request) => {
    const said = await sync(device, request)
    store.central.sync = () => Promise.resolve(fail('centralUnreachable'))
    const form = { ...fullForm, address: '她刚改的地址' }
    await type(store, caseId, form)
    await store.ask('case.save', { caseId, callId: null, form })
    return said
  }
  await hear(store)
  const { place, content: words } = recordOf(store, caseId).groups
  expect([place.address, words.text]).toEqual(['她刚改的地址', '同事的内容'])
  expect((await store.ask('sync.status', null)).waiting).toBe(1)
})
