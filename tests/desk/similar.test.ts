/** Open cases like the one being written, joined by her own key alone; and several cases of one call. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SimilarCase } from '../../shared/case/similar.ts'
import { perform } from '../../renderer/desk/actions.ts'
import { joinSimilar, openListed } from '../../renderer/desk/case-acts.ts'
import { hasOutcome } from '../../renderer/desk/stores/call-cases.ts'
import { deskState, useCall } from '../../renderer/desk/stores/call-store.ts'
import { edit, newDraft, openDraft, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { clearSimilar, followSimilar, toggleSimilar, useSimilar } from '../../renderer/desk/stores/similar-store.ts'
import { lineOf } from './fake-work.ts'
import { rest, until } from './fake-window.ts'
import { fullForm, openDesk } from './open-desk.ts'

const { world, callIn } = openDesk(() => {
  clearSimilar()
  world.joinFault = null
  world.work.similar = []
})
const like = (n: number, more: Partial<SimilarCase> = {}): SimilarCase => ({ ...lineOf(n), score: 80, ...more })
const asked = () => world.calls.filter(({ name }) => name === 'case.similar')
/** She hangs up and goes ready. */
async function leaveCall(callId: string): Promise<void> {
  await world.invoke('phone.hangUp', { callId })
  await until(() => deskState(useCall.getState().snapshot) === 'wrapUp', 'wrap-up')
  perform('ready')
  await rest()
}
const openNow = () => useDraft.getState().open

describe('K9.1 while she writes', () => {
  let stop: () => void
  beforeEach(() => {
    vi.useFakeTimers()
    openDraft(newDraft(null))
    stop = followSimilar()
    world.work.similar = [like(1)]
  })
  afterEach(async () => {
    stop()
    openDraft(null)
    // Nothing that a test wrote waits for the next one.
    await vi.advanceTimersByTimeAsync(5000)
    vi.useRealTimers()
  })
  const settle = () => vi.advanceTimersByTimeAsync(1000)

  test('central is asked once at a pause, with what stands then, and only where there is something to look for', async () => {
    edit({ content: '停水' })
    await settle()
    expect(asked()).toEqual([])
    edit({ district: '蓬江区', content: '青云小区停' })
    edit({ content: '青云小区停水' })
    await settle()
    expect(asked().map(({ input }) => input)).toMatchObject([{ district: '蓬江区', text: '青云小区停水' }])
    expect(useSimilar.getState()).toMatchObject({ cases: [{ caseNo: 'JM20261123-A1-0001' }], open: false })
    // What is not asked about asks nothing.
    edit({ callerName: '李女士' })
    await settle()
    expect(asked()).toHaveLength(1)
  })

  test('what she has opened stands still under her hand', async () => {
    edit({ district: '蓬江区', content: '青云小区停水' })
    await settle()
    expect(toggleSimilar()).toBe(true)
    world.work.similar = [like(2), like(1)]
    edit({ content: '青云小区停水，三栋' })
    await settle()
    expect(useSimilar.getState().cases.map(({ caseNo }) => caseNo)).toEqual(['JM20261123-A1-0001'])
    expect(asked()).toHaveLength(1)
  })

  test('another case on the screen begins without, and an older answer is not its own', async () => {
    edit({ district: '蓬江区', content: '青云小区停水' })
    await settle()
    openDraft(newDraft(null))
    expect(useSimilar.getState().cases).toEqual([])
  })
})

describe('K8.1 joining by key', () => {
  test('the call of what is written goes to the case with its words; its draft goes, the call has its outcome', async () => {
    const callId = callIn('call')
    world.takeCall(callId)
    edit({ content: '七栋也停水', callerPhone: '13800138002' })
    await rest()
    const { caseId } = openNow()!
    await joinSimilar(like(1), 'call')
    expect(world.calls.findLast(({ name }) => name === 'case.joinCall')?.input).toMatchObject({
      ...{ caseId, callId, into: lineOf(1).caseId },
      form: { content: '七栋也停水' },
    })
    expect(world.drafts.has(caseId)).toBe(false)
    expect(useSimilar.getState().done).toEqual({ as: 'call', caseNo: lineOf(1).caseNo })
    expect(hasOutcome(callId)).toBe(true)
    // What she says next is of this call, too; left empty it leaves nothing on the list.
    expect(openNow()).toMatchObject({ callId, caseNo: null })
    await leaveCall(callId)
    expect(openNow()).toBeNull()
    expect(world.drafts.size).toBe(0)
  })

  test('what cannot be joined stays as it is, and says why', async () => {
    world.takeCall(callIn('call'))
    edit({ content: '七栋也停水' })
    await rest()
    world.joinFault = { code: 'invalidInput', detail: 'callerPhone' }
    await joinSimilar(like(1), 'call')
    expect(openNow()?.form.content).toBe('七栋也停水')
    expect(useSimilar.getState()).toMatchObject({ failure: { detail: 'callerPhone' }, joined: [], done: null })
  })

  test('a saved case is joined as a duplicate by a step; one with unsaved words is not, nor a call twice', async () => {
    openDraft(newDraft(null))
    edit(fullForm)
    await saveCase()
    edit({ content: '停水，又说了一句' })
    await joinSimilar(like(1), 'case')
    expect(world.calls.some(({ name }) => name === 'case.step')).toBe(false)
    await joinSimilar(like(1), 'call')
    expect(world.calls.some(({ name }) => name === 'case.joinCall')).toBe(false)
    await saveCase()
    await joinSimilar(like(1), 'case')
    expect(world.calls.findLast(({ name }) => name === 'case.step')?.input).toMatchObject({
      step: { type: 'join', into: lineOf(1).caseId },
    })
  })
})

describe('several cases in one call', () => {
  test('one key begins another of the same citizen; both are the call’s, and it has its outcome with the first', async () => {
    const callId = callIn('call')
    world.takeCall(callId)
    edit({ ...fullForm, callerName: '李女士' })
    await rest()
    expect(hasOutcome(callId)).toBe(false)
    await saveCase()
    const first = openNow()!.caseId
    perform('newCase')
    await rest()
    expect(openNow()).toMatchObject({ callId, caseNo: null, form: { callerName: '李女士', content: '' } })
    expect(hasOutcome(callId)).toBe(true)
    edit({ ...fullForm, content: '还有路灯不亮' })
    await rest()
    await saveCase()
    expect(openNow()?.caseId).not.toBe(first)
    expect(world.calls.filter(({ name }) => name === 'case.save')).toMatchObject([
      { input: { callId } },
      { input: { callId } },
    ])
    // And back to the first by its place among the cases of this call.
    openListed(0)
    expect(openNow()?.caseId).toBe(first)
  })

  test('where nothing is written yet the key begins no other; what was half written is not lost', async () => {
    const callId = callIn('call')
    world.takeCall(callId)
    const { caseId } = openNow()!
    perform('newCase')
    expect(openNow()?.caseId).toBe(caseId)
    edit({ content: '停水' })
    perform('newCase')
    await rest()
    expect(openNow()?.caseId).not.toBe(caseId)
    expect(world.drafts.get(caseId)?.form.content).toBe('停水')
    // The call has no outcome yet: an empty second one says nothing of it.
    expect(hasOutcome(callId)).toBe(false)
  })

  test('a second one that stays empty leaves nothing, though the first was saved', async () => {
    const callId = callIn('call')
    world.takeCall(callId)
    edit(fullForm)
    await rest()
    await saveCase()
    perform('newCase')
    await leaveCall(callId)
    expect(openNow()).toBeNull()
    expect(world.drafts.size).toBe(0)
  })
})
