/** Edits that met, at the desk: where they are shown, which key settles which, and that the form is never torn. */
import { describe, expect, test } from 'vitest'
import { perform } from '../../renderer/desk/actions.ts'
import { edit, newDraft, openDraft, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { isFollowing, noteComposing } from '../../renderer/desk/stores/follow-case.ts'
import { dropNote, useFormNote } from '../../renderer/desk/stores/form-note.ts'
import { clearLate, pointAt, useLate, waitingOf } from '../../renderer/desk/stores/late-store.ts'
import { isClean } from '../../renderer/desk/stores/open-draft.ts'
import { closeSync, enterSync } from '../../renderer/desk/stores/panel-store.ts'
import type { CommandInput } from '../../shared/ipc.ts'
import { lateOf } from './fake-cases.ts'
import { rest, until } from './fake-window.ts'
import { fullForm, openDesk } from './open-desk.ts'

const form = { ...fullForm, content: '我的内容' } as const
const { world } = openDesk(() => {
  closeSync()
  clearLate()
  dropNote()
  world.stands.late = []
  world.stands.settleFault = null
  world.tellLists()
})

const open = () => useDraft.getState().open
const note = () => useFormNote.getState().note
const settles = () => world.calls.flatMap(({ name, input }) => (name === 'case.settle' ? [input] : []))
const waiting = () => waitingOf(useLate.getState(), open()?.caseId ?? '').map(({ late }) => late.group)

/** A case that stands saved on the screen; answers its id. */
async function savedCase(): Promise<string> {
  openDraft(newDraft(null))
  edit(form)
  await saveCase()
  await until(() => isClean(open()), 'saved')
  world.calls.length = 0
  return open()?.caseId ?? ''
}

/** A colleague changes the case on the screen, and this desk hears of it. */
async function changeElsewhere(caseId: string, change: Parameters<typeof world.stands.changeElsewhere>[1]) {
  world.stands.changeElsewhere(caseId, change)
  world.tellLists()
  await rest()
}

/** Her content of the case on the screen came late, after a colleague's. */
async function meet(caseId: string): Promise<void> {
  world.stands.late.push(lateOf(caseId, 'content', { content: '同事的内容' }, { content: '我的内容' }))
  await changeElsewhere(caseId, { content: '同事的内容' })
  await until(() => waiting().length > 0, 'the strip')
}

describe('S10.7 at the form', () => {
  test('the keys settle what stands there, upon the words that were shown', async () => {
    const caseId = await savedCase()
    await meet(caseId)
    perform('takeLate')
    await until(() => note()?.kind === 'taken', 'taken')
    await rest()
    expect(settles()).toMatchObject([{ caseId, take: true, standing: { content: '同事的内容' } }])
    expect(open()?.form.content).toBe('我的内容')
    expect([isClean(open()), waiting()]).toEqual([true, []])
  })

  test('what stands is kept by the other key, and one press settles one', async () => {
    const caseId = await savedCase()
    world.stands.late.push(lateOf(caseId, 'place', { address: '甲' }, { address: '乙' }))
    await meet(caseId)
    expect(waiting()).toEqual(['place', 'content'])
    perform('keepStanding')
    perform('keepStanding')
    await until(() => waiting().length === 1, 'one')
    await rest()
    expect(settles()).toMatchObject([{ take: false, late: { group: 'place' } }])
    expect(waiting()).toEqual(['content'])
  })

  test('unsaved words stay, and are in the store before the choice', async () => {
    const caseId = await savedCase()
    await meet(caseId)
    edit({ content: '还没保存的' })
    perform('keepStanding')
    await until(() => note() !== null, 'settled')
    await rest()
    expect(open()?.form.content).toBe('还没保存的')
    const order = world.calls.map(({ name }) => name).filter((name) => name === 'draft.save' || name === 'case.settle')
    expect(order.slice(0, 2)).toEqual(['draft.save', 'case.settle'])
  })

  test('what was settled meanwhile, or changed, is said in words, and both stay to be looked at', async () => {
    const caseId = await savedCase()
    await meet(caseId)
    world.stands.settleFault = { code: 'illegalTransition', detail: 'late.changed' }
    perform('takeLate')
    const failed = () => Object.values(useLate.getState().dealt).find(({ state }) => state === 'failed')
    await until(() => failed() !== undefined, 'the refusal')
    await rest()
    expect(waiting()).toEqual(['content'])
    world.stands.settleFault = { code: 'illegalTransition', detail: 'late.settled' }
    world.stands.late = []
    perform('takeLate')
    await until(() => note()?.kind === 'settled', 'the word')
    await until(() => waiting().length === 0, 'off the form')
  })

  test('without one the keys do nothing, and in the list they are about the entry that has the focus', async () => {
    const caseId = await savedCase()
    perform('takeLate')
    const other = lateOf('01930000-0000-7000-8000-000000000000', 'place', { address: '甲' }, { address: '乙' })
    world.stands.late.push(other)
    await meet(caseId)
    enterSync()
    perform('takeLate')
    await rest()
    expect(settles()).toEqual([])
    pointAt(other.id)
    perform('keepStanding')
    await until(() => settles().length > 0, 'settled')
    expect(settles()).toMatchObject([{ caseId: other.caseId, take: false }])
    const settled = (id: string) => useLate.getState().dealt[id]?.state === 'settled'
    await until(() => settled(other.id), 'done')
    // They stay in their places till the list is closed, also where the store's news overtakes its answer.
    const shown = useLate.getState().entries.map(({ id }) => id)
    const id = shown.find((each) => each !== other.id) ?? ''
    world.slow = { 'draft.follow': 40 }
    pointAt(id)
    perform('takeLate')
    await until(() => settled(id), 'done as well')
    await rest()
    expect(useLate.getState().entries.map((entry) => entry.id)).toEqual(shown)
  })
})

describe('S10.5 a colleague’s change of the case on the screen', () => {
  const followed = () =>
    world.calls.flatMap(({ name, input }) => (name === 'draft.follow' ? [input as CommandInput<'draft.follow'>] : []))

  test('is shown, told in a line, and counts as seen; the case stays saved', async () => {
    const caseId = await savedCase()
    await changeElsewhere(caseId, { address: '白沙大道西 28 号' })
    await until(() => followed().length > 0, 'followed')
    expect(open()?.form).toMatchObject({ ...form, address: '白沙大道西 28 号' })
    expect(isClean(open())).toBe(true)
    expect(note()).toMatchObject({ kind: 'followed', caseId, groups: ['place'], by: '1004' })
    expect(followed()).toMatchObject([{ caseId, seen: [{ group: 'place' }] }])
    edit({ street: '白沙街道' })
    expect(note()).toBe(null)
  })

  test('leaves a group with unsaved words, says so until it is dealt with, and shows the others', async () => {
    const caseId = await savedCase()
    edit({ content: '正在改' })
    await changeElsewhere(caseId, { content: '同事的内容', address: '白沙大道' })
    await until(() => followed().length > 0, 'followed')
    expect(open()?.form).toMatchObject({ content: '正在改', address: '白沙大道' })
    expect(followed()).toMatchObject([{ seen: [{ group: 'place' }] }])
    expect(note()).toMatchObject({ kind: 'left', groups: ['content'] })
    edit({ content: '正在改下去' })
    expect(note()).toMatchObject({ kind: 'left' })
    // What is on its way to the store has what was shown, too.
    await until(() => world.drafts.get(caseId)?.form.content === '正在改下去', 'stored')
    expect(world.drafts.get(caseId)?.form.address).toBe('白沙大道')
  })

  test('waits while the input method composes and while a save is under way', async () => {
    const caseId = await savedCase()
    noteComposing(true)
    await changeElsewhere(caseId, { address: '甲' })
    expect(open()?.form.address).toBe('')
    noteComposing(false)
    await until(() => open()?.form.address === '甲', 'shown')
    await rest()
    edit({ content: '再改' })
    world.slow = { 'case.save': 40 }
    const saving = saveCase()
    await changeElsewhere(caseId, { address: '乙' })
    expect([open()?.form.address, isFollowing()]).toEqual(['甲', false])
    await saving
    expect(isClean(open())).toBe(true)
  })

  test('is nothing to a case that was never saved', async () => {
    openDraft(newDraft(null))
    edit({ content: '草稿' })
    world.tellLists()
    await rest()
    expect(world.calls.filter(({ name }) => name === 'case.standing')).toEqual([])
  })
})
