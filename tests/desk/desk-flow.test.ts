/** The desk's stores together, on an invented desktop: what the operator must never see go. */
import { beforeEach, describe, expect, test } from 'vitest'
import { takeBackRefused } from '../../renderer/desk/actions.ts'
import { leaveDesk } from '../../renderer/desk/leave-desk.ts'
import { startFlow } from '../../renderer/desk/desk-flow.ts'
import { deskState, useCall } from '../../renderer/desk/stores/call-store.ts'
import { closeDrafts, edit, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { isClean } from '../../renderer/desk/stores/open-draft.ts'
import { clearRefused, loadRefused, useRefused } from '../../renderer/desk/stores/refused-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import { useSync } from '../../renderer/desk/stores/sync-store.ts'
import { refusedOf } from './fake-cases.ts'
import { rest, until } from './fake-window.ts'
import { fullForm, openDesk } from './open-desk.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const { world, callIn } = openDesk(() => {
  clearRefused()
  world.refused = []
})
const opened: (string | null)[] = []
const states: string[] = []
useCall.subscribe(({ snapshot }) => states.at(-1) !== deskState(snapshot) && states.push(deskState(snapshot)))
useDraft.subscribe(({ open }, before) => open?.caseId !== before.open?.caseId && opened.push(open?.caseId ?? null))

let callId = ''
beforeEach(() => {
  opened.length = 0
  states.length = 0
  callId = callIn('call')
})

const talk = () => world.takeCall(callId)
const openNow = () => useDraft.getState().open
const stateNow = () => deskState(useCall.getState().snapshot)
describe('the phone dies in a call', () => {
  test('the case stays on the screen throughout, and its call is lost, to be wrapped up', async () => {
    talk()
    edit({ content: '说到一半' })
    const { caseId } = openNow() ?? {}
    opened.length = 0
    world.killPhone()
    expect(stateNow()).toBe('inCall')
    world.revivePhone()
    await until(() => stateNow() === 'wrapUp', 'wrap-up')
    expect(useCall.getState().snapshot?.call).toMatchObject({ outcome: 'lost', caller: { callId } })
    expect(openNow()).toMatchObject({ caseId, form: { content: '说到一半' } })
    expect(opened).toEqual([])
    expect(states).toEqual(['ringing', 'inCall', 'wrapUp'])
  })

  test('also when nothing was typed yet', async () => {
    talk()
    opened.length = 0
    world.killPhone()
    world.revivePhone()
    await until(() => stateNow() === 'wrapUp', 'wrap-up')
    expect(opened).toEqual([])
    expect(openNow()?.callId).toBe(callId)
  })

  test('a ring that died leaves nothing but the reason why the operator is away', async () => {
    world.ring(undefined, undefined, callId)
    expect(openNow()?.callId).toBe(callId)
    world.killPhone()
    world.revivePhone()
    await until(() => stateNow() === 'away', 'away')
    expect(openNow()).toBeNull()
    expect(states).toEqual(['ringing', 'away'])
    expect(useCall.getState().snapshot?.call?.outcome).toBe('lost')
  })
})

describe('a window that is held open', () => {
  test('says so for the call that is up', () => {
    talk()
    world.emit('window.closeHeld', { why: 'call' })
    expect(useCall.getState().closeHeld).toEqual({ why: 'call', callId })
  })
})

describe('signing out', () => {
  test('waits until the store has the last words, and sends them in the name of who typed them', async () => {
    edit({ content: '最后一句' })
    const { caseId = '' } = openNow() ?? {}
    world.calls.length = 0
    await leaveDesk()
    const names = world.calls.map(({ name }) => name)
    expect(names.indexOf('draft.save')).toBeLessThan(names.indexOf('session.signOut'))
    expect(world.drafts.get(caseId)?.form.content).toBe('最后一句')
    expect(world.authors.get(caseId)).toBe('1003')
    expect(useSession.getState().state).toBe('signedOut')
    expect(openNow()).toBeNull()
  })

  test('lets a saved case go before, while it still may', async () => {
    edit(fullForm)
    await saveCase()
    await rest()
    expect(isClean(openNow())).toBe(true)
    world.answered.length = 0
    world.slow = { 'draft.discard': 30 }
    await leaveDesk()
    await rest()
    const names = world.answered.filter((name) => name === 'draft.discard' || name === 'session.signOut')
    expect(names).toEqual(['draft.discard', 'session.signOut'])
  })

  test('leaves nothing of hers on the screen, though she types to the last', async () => {
    edit({ content: '走之前' })
    world.slow = { 'draft.save': 30 }
    const leaving = leaveDesk()
    edit({ content: '又写一句' })
    const { caseId = '' } = openNow() ?? {}
    await leaving
    expect(openNow()).toBeNull()
    await until(() => world.drafts.has(caseId), 'the last words')
    expect(world.authors.get(caseId)).toBe('1003')
  })

  test('with a store that refuses: she goes, the words wait, and reach it later under her name', async () => {
    edit({ content: '存储不在时写的' })
    const { caseId = '' } = openNow() ?? {}
    world.store('down')
    await leaveDesk()
    expect(useSession.getState().state).toBe('signedOut')
    useSession.setState({
      session: {
        operator: { staffNo: '1004', name: '何静', role: 'operator' },
        deskCode: 'A1',
        numberPlan: defaultNumberPlan,
      },
      state: 'signedIn',
    })
    world.store('up')
    await until(() => world.drafts.has(caseId), 'the words')
    expect(world.authors.get(caseId)).toBe('1003')
  })

  test('keeps an answered call that still owes its outcome', async () => {
    talk()
    world.end(callId)
    await leaveDesk()
    expect([...world.drafts.values()].map((draft) => draft.callId)).toEqual([callId])
  })
})

describe('what stands saved', () => {
  test('goes from the list when the desk starts, what was changed since does not', async () => {
    edit(fullForm)
    await saveCase()
    await rest()
    const [saved] = world.drafts.values()
    if (!saved) throw new Error('no draft')
    world.drafts.set('changed', { ...saved, caseId: 'changed', clean: false })
    closeDrafts()
    await startFlow()
    await until(() => world.drafts.size === 1, 'the list')
    expect([...world.drafts.keys()]).toEqual(['changed'])
  })

  test('goes from the list too when the operator was quicker than the store', async () => {
    edit(fullForm)
    const { caseId = '' } = openNow() ?? {}
    const saving = saveCase()
    useDraft.setState({ open: null, saving: false })
    await saving
    await until(() => !world.drafts.has(caseId), 'the saved case to go')
  })
})

describe('what central refused', () => {
  const form = { ...refusedOf('x').form, content: '退回的话' } as const
  const refuse = (id: string, caseNo: string | null = null) => {
    const entry = refusedOf(id, { caseNo, form: form as never })
    world.refuse(entry)
    return entry
  }
  const dealt = (id: string) => useRefused.getState().dealt[id]?.state

  test('comes back onto the screen when no call is up', async () => {
    await takeBackRefused(refuse('r-1'))
    await rest()
    expect(openNow()).toMatchObject({ caseId: 'r-1', form: { content: '退回的话' } })
    expect(useSync.getState().sync?.refused).toBe(0)
  })

  test('in a call it goes into the list: the call keeps the screen', async () => {
    talk()
    await takeBackRefused(refuse('r-2'))
    await rest()
    expect(openNow()?.callId).toBe(callId)
    expect(useDraft.getState().listed.map(({ caseId }) => caseId)).toContain('r-2')
    expect(dealt('r-2')).toBe('takenBack')
  })

  test('the saved case on the screen is unsaved again, and its draft is not let go', async () => {
    talk()
    edit(fullForm)
    await saveCase()
    await rest()
    const { caseId = '', caseNo = null, form: shown } = openNow() ?? {}
    world.refuse(refusedOf('r-3', { caseNo, form: shown ?? null }))
    await takeBackRefused(refusedOf('r-3'))
    await rest()
    expect(openNow()).toMatchObject({ caseId, form: shown })
    expect(isClean(openNow())).toBe(false)
    expect(world.drafts.has(caseId)).toBe(true)
  })

  test('what comes back as a new case of the call on the screen takes the place of the saved one', async () => {
    talk()
    edit(fullForm)
    await saveCase()
    await rest()
    world.refuse(refusedOf('r-4', { what: 'case.open', caseNo: openNow()?.caseNo ?? null, form: form as never }))
    await takeBackRefused(refusedOf('r-4'))
    await rest()
    expect(openNow()).toMatchObject({ caseId: 'r-4', callId, caseNo: null, form: { content: '退回的话' } })
  })

  test('unsaved words of the call keep the screen, and what was refused lies beside them', async () => {
    talk()
    edit(fullForm)
    await saveCase()
    edit({ content: '正在改' })
    const { caseId = '', caseNo = null } = openNow() ?? {}
    world.refuse(refusedOf('r-6', { what: 'case.open', caseNo, form: form as never }))
    await takeBackRefused(refusedOf('r-6'))
    await until(() => world.drafts.get(caseId)?.form.content === '正在改', 'the words')
    expect(openNow()).toMatchObject({ caseId, form: { content: '正在改' } })
    expect(useDraft.getState().listed.map((draft) => draft.caseId)).toContain('r-6')
  })

  test('a list that is known stays while the store is away', async () => {
    refuse('r-5')
    await loadRefused()
    world.store('down')
    await loadRefused()
    expect(useRefused.getState()).toMatchObject({ state: 'known', entries: [{ id: 'r-5' }] })
    await takeBackRefused(refusedOf('r-5'))
    expect(dealt('r-5')).toBe('failed')
    world.store('up')
  })
})
