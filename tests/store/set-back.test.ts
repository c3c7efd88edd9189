/** A central that was set back: another history stands, in which a revision's number says other words. */
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { GroupName, GroupValue } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { must } from '../../shared/errors.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { createOutbox } from '../../electron/store/db/outbox.ts'
import { content, editElsewhere, hear, recordOf, saveForm, type } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const atCentral = ({ central }: StoreFixture, caseId: string) =>
  must(foldCase(null, caseId, central.eventsOf(caseId)), 'the case at central')
const place = (address: string): GroupValue => ({
  group: 'place',
  value: { district: '蓬江区', street: null, address },
})

async function show(store: StoreFixture, caseId: string, group: GroupName): Promise<void> {
  const all = must(await store.ask('case.standing', { caseId }), 'her draft')
  const { parts, base } = must(
    all.find((one) => one.group === group),
    'the group',
  )
  await store.ask('draft.follow', { caseId, seen: [{ group, parts, base }] })
}

/** Her case, of which she was shown at revision 3 what a colleague wrote; `putBack` sets central back to before that. */
async function shownElsewhere() {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  const putBack = store.central.backup()
  await editElsewhere(store, caseId, 2, content('她看到的'))
  await hear(store)
  await show(store, caseId, 'content')
  return { store, caseId, putBack }
}

/**
 * She was shown what a colleague wrote after the backup; then central is set back, `meanwhile` happens there in its
 * place, and this desk hears of it.
 */
async function setBack(meanwhile: (store: StoreFixture, caseId: string) => Promise<unknown>) {
  const { store, caseId, putBack } = await shownElsewhere()
  putBack()
  await meanwhile(store, caseId)
  await hear(store)
  await store.settle()
  return { store, caseId }
}

describe('after central was set back', () => {
  const another = (store: StoreFixture, caseId: string) => editElsewhere(store, caseId, 2, content('她没看过的'))

  test('S10.8 her words upon what is gone cover nothing that she has not seen: here at once, and at central', async () => {
    const { store, caseId } = await setBack(another)
    store.central.reachable = false
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，又补充' })
    const kept = { groups: { content: { text: '她没看过的' } }, late: [{ value: { text: '她看到的，又补充' } }] }
    expect(recordOf(store, caseId)).toMatchObject(kept)
    store.central.reachable = true
    await store.settle()
    expect(recordOf(store, caseId)).toMatchObject(kept)
    expect(atCentral(store, caseId)).toMatchObject(kept)
    expect(await store.ask('sync.refused', null)).toEqual([])
  })

  test('S10.8 what she saw is told beside what stands; words that she did not change follow it', async () => {
    const { store, caseId } = await setBack(another)
    const told = (await store.ask('case.standing', { caseId }))?.find(({ group }) => group === 'content')
    expect(told).toMatchObject({ seen: { content: '她看到的' }, parts: { content: '她没看过的' } })
    await saveForm(store, caseId, { ...fullForm, content: '她看到的', street: '白沙街道' })
    expect(atCentral(store, caseId)).toMatchObject({
      groups: { content: { text: '她没看过的' }, place: { street: '白沙街道' } },
      late: [],
    })
    await show(store, caseId, 'content')
    await saveForm(store, caseId, { ...fullForm, content: '她没看过的，现在看过', street: '白沙街道' })
    expect(atCentral(store, caseId)).toMatchObject({ groups: { content: { text: '她没看过的，现在看过' } }, late: [] })
  })

  test('S10.8 what was seen along with another group’s edit is still said to be seen by that edit, not by what stands', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await saveForm(store, caseId, fullForm)
    const putBack = store.central.backup()
    await editElsewhere(store, caseId, 2, content('她看到的'), place('同事写的'))
    await hear(store)
    for (const group of ['content', 'place'] as const) await show(store, caseId, group)
    // The place goes upon the revision at which the content was seen: both go upon this command from now on.
    await saveForm(store, caseId, { ...fullForm, content: '她看到的', address: '她写的' })
    putBack()
    await another(store, caseId)
    await hear(store)
    await store.settle()
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，又补充', address: '她写的' })
    const edits = store.central.applied.flatMap(({ id, body }) =>
      body.kind === 'case' && body.command.type === 'case.edit' ? [{ id, ...body.command }] : [],
    )
    // How much that edit had seen is for central to say (R6.7).
    const wrote = edits.find((one) => JSON.stringify(one.edits).includes('她写的'))
    expect(edits.at(-1)).toMatchObject({ base: { mutation: wrote?.id }, edits: [content('她看到的，又补充')] })
  })

  test('S10.8 where the same words stand again she goes upon them, wherever they now stand', async () => {
    const { store, caseId } = await setBack(async (central, id) => {
      await editElsewhere(central, id, 2, place('同事先写地址'))
      await editElsewhere(central, id, 3, content('她看到的'))
    })
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，又补充' })
    expect(atCentral(store, caseId)).toMatchObject({
      groups: { content: { text: '她看到的，又补充' }, place: { address: '同事先写地址' } },
      late: [],
    })
  })

  test('S10.8 a new epoch under the same history, as after a promotion, makes nothing late, drawn up before or after', async () => {
    const { store, caseId } = await shownElsewhere()
    store.central.reachable = false
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，断线时写的' })
    await show(store, caseId, 'place')
    store.central.epoch = 'promoted'
    store.central.reachable = true
    await store.settle()
    await store.settle()
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，之后写的', street: '白沙街道' })
    expect(atCentral(store, caseId)).toMatchObject({
      groups: { content: { text: '她看到的，之后写的' }, place: { street: '白沙街道' } },
      late: [],
    })
  })
})

describe('words of an older program, which named no history', () => {
  /** A draft of hers as an older program left it, seen at revision 3. */
  async function olderDraft() {
    const { store, caseId } = await shownElsewhere()
    const bases = Object.fromEntries(
      ['classification', 'place', 'caller', 'content', 'reply'].map((group) => [group, { revision: 3 }]),
    )
    store.db.prepare('UPDATE drafts SET saved_base = ?').run(JSON.stringify(bases))
    return { store, caseId }
  }

  test('S10.8 a draft is read; where what she saw stands she goes upon it', async () => {
    const { store, caseId } = await olderDraft()
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，又补充' })
    expect(atCentral(store, caseId)).toMatchObject({ groups: { content: { text: '她看到的，又补充' } }, late: [] })
  })

  test('S10.8 a draft is read; where other words stand hers come beside them', async () => {
    const { store, caseId } = await olderDraft()
    await editElsewhere(store, caseId, 3, content('同事又改了'))
    await hear(store)
    await type(store, caseId, { ...fullForm, content: '她看到的，又补充' })
    await saveForm(store, caseId, { ...fullForm, content: '她看到的，又补充' })
    expect(atCentral(store, caseId)).toMatchObject({
      groups: { content: { text: '同事又改了' } },
      late: [{ value: { text: '她看到的，又补充' } }],
    })
  })

  test('S10.8 a mutation that waits in the outbox is sent, taken, and covers nothing', async () => {
    const { store, caseId } = await olderDraft()
    const command = { type: 'case.edit' as const, caseId, base: { revision: 3 }, edits: [content('旧程序写的')] }
    const body = { kind: 'case' as const, command, caller: null }
    const older: Mutation = { id: uuidv7(), at: 5, author: '1003', session: null, body }
    createOutbox(store.db).add(older, 5)
    await hear(store)
    expect(store.central.applied.map(({ id }) => id)).toContain(older.id)
    expect(await store.ask('sync.refused', null)).toEqual([])
    expect(atCentral(store, caseId)).toMatchObject({
      groups: { content: { text: '她看到的' } },
      late: [{ value: { text: '旧程序写的' } }],
    })
  })
})
