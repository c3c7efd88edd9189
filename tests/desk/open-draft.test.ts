import { describe, expect, test } from 'vitest'
import { blankDraft, isClean, isTouched, resumedDraft } from '../../renderer/desk/stores/open-draft.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import type { Draft } from '../../shared/ipc.ts'

const caller = { callId: 'call-1', number: '13800132210', name: '陈女士', queue: '12345' }
const filled: CaseForm = { ...emptyForm('13800132210'), callerName: '陈女士' }

function stored(form: CaseForm, more: Partial<Draft> = {}): Draft {
  return { caseId: 'a', callId: null, form, startedAt: 1, updatedAt: 2, caseNo: null, clean: false, ...more }
}

const resumed = (draft: Draft, waiting: CaseForm | null = null, who: typeof caller | null = null) =>
  resumedDraft(draft, '1003', waiting, who)

describe('what a draft holds of the operator', () => {
  test('nothing, when a call has just filled it in', () => {
    expect(isTouched(blankDraft('1003', caller))).toBe(false)
    expect(blankDraft('1003', caller).form).toEqual(filled)
  })

  test.each(['1380 013 2210', '+86 13800132210', ' '])(
    'the name of an exchange that knows none (%s) is not taken',
    (name) => {
      expect(blankDraft('1003', { ...caller, name }).form.callerName).toBe('')
    },
  )

  test('a stored name or number alone is hers: it was typed', () => {
    expect(isTouched(resumed(stored({ ...emptyForm(), callerName: '陈女士' })))).toBe(true)
    expect(isTouched(resumed(stored(emptyForm('13800132210'))))).toBe(true)
    expect(isTouched(resumed(stored(emptyForm())))).toBe(false)
  })

  test('of the call that is up only what that call did not fill in is hers', () => {
    const ofCall = { callId: 'call-1' }
    expect(isTouched(resumed(stored(filled, ofCall), null, caller))).toBe(false)
    expect(isTouched(resumed(stored({ ...filled, callerName: '陈小姐' }, ofCall), null, caller))).toBe(true)
    expect(isTouched(resumed(stored(filled, { callId: 'call-0' }), null, caller))).toBe(true)
    expect(isTouched(resumed(stored(filled, ofCall), null, null))).toBe(true)
  })

  test('of an earlier call of this window as well', () => {
    const { caseId, form, callId } = blankDraft('1003', caller)
    expect(isTouched(resumed(stored(form, { caseId, callId })))).toBe(false)
    expect(isTouched(resumed(stored({ ...form, callerPhone: '1' }, { caseId, callId })))).toBe(true)
  })

  test('the order of the fields says nothing', () => {
    const turned = Object.fromEntries(Object.entries(filled).toReversed()) as CaseForm
    expect(isTouched(resumed(stored(turned, { callId: 'call-1' }), null, caller))).toBe(false)
  })
})

describe('a draft that is opened again', () => {
  const saved = stored({ ...filled, content: '停水' }, { caseNo: 'JM20261123-A1-0417', clean: true })

  test('stands saved when the store says so', () => {
    expect(isClean(resumed(saved))).toBe(true)
    expect(isClean(resumed({ ...saved, clean: false }))).toBe(false)
  })

  test('but not when newer words still wait for the store', () => {
    const waiting = { ...saved.form, content: '停水三天' }
    const open = resumed(saved, waiting)
    expect(isClean(open)).toBe(false)
    expect(open.form).toBe(waiting)
  })

  test('is from now on written by who sits here', () => {
    expect(resumed(saved).author).toBe('1003')
  })
})
