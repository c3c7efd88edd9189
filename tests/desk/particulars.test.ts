/** Particulars while they are typed: what is asked, what stays, where it is written, what is said. */
import { expect, test } from 'vitest'
import { editParticular } from '../../renderer/desk/case-form/edit-particular.ts'
import { particularRows } from '../../renderer/desk/case-form/particular-rows.ts'
import { edit, formOf, newDraft, openDraft, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { dropPasteNote, refuseLongPaste, usePasteNote } from '../../renderer/desk/stores/paste-note.ts'
import { shippedFormRules } from '../../shared/case/form-check.ts'
import { shippedForm, type FormField } from '../../shared/case/form.ts'
import { must } from '../../shared/errors.ts'
import { fullForm, openDesk } from './open-desk.ts'

const { world } = openDesk(dropPasteNote)

const form = () => formOf(useDraft.getState())
const field = (id: string): FormField =>
  must(
    shippedForm.fields.find((one) => one.id === id),
    'a field',
  )
const shown = (held: string | null = null) =>
  particularRows(form(), shippedFormRules, held).rows.map(({ field: { id }, other }) => (other ? `(${id})` : id))

test('kind and class bring their fields, a consultation none', () => {
  openDraft(newDraft(null))
  edit({ kind: 'consult' })
  expect(shown()).toEqual([])
  edit({ kind: 'complaint', classification: '0402' })
  expect(shown()).toEqual(['happenedAt', 'concerned', 'noiseType', 'noiseHours', 'otherPhone'])
})

test('K7.7 what was typed stays in its place when kind and class ask for it no more, and so does the cursor', async () => {
  openDraft(newDraft(null))
  edit({ ...fullForm, kind: 'complaint', classification: '0402', address: '白沙大道' })
  editParticular(field('noiseHours'), '每晚')
  edit({ classification: '1302' })
  expect(shown()).toContain('(noiseHours)')
  expect(shown('noiseType')).toContain('(noiseType)')
  expect(shown()).not.toContain('noiseType')
  expect(await saveCase()).toBe(null)
  const sent = world.calls.find(({ name }) => name === 'case.save')
  expect(sent?.input).toMatchObject({ form: { particulars: { noiseHours: '每晚' } } })
})

test('K7.3 what is personal or secret is written with the caller, all else with the case and its form', () => {
  openDraft(newDraft(null))
  edit({ kind: 'help', classification: '1201' })
  editParticular(field('employer'), '甲公司')
  editParticular(field('workers'), '12')
  expect(form()).toMatchObject({
    particulars: { workers: '12' },
    papers: { employer: '甲公司' },
    formVersion: shippedForm.version,
  })
  expect(Object.keys(form().particulars)).toEqual(['workers'])
})

test('a value that an older form had elsewhere goes where it lies now, once', () => {
  openDraft(newDraft(null))
  edit({ kind: 'help', classification: '1201', particulars: { employer: '甲' }, papers: { workers: '1' } })
  editParticular(field('employer'), '甲公司')
  editParticular(field('workers'), '2')
  expect(form()).toMatchObject({ particulars: { workers: '2' }, papers: { employer: '甲公司' } })
  expect([Object.keys(form().particulars), Object.keys(form().papers)]).toEqual([['workers'], ['employer']])
})

test('a value of a field that no form knows of is told of', () => {
  openDraft(newDraft(null))
  edit({ kind: 'consult', particulars: { olderThanAll: '词' } })
  expect(particularRows(form(), shippedFormRules, null)).toEqual({ rows: [], unknown: ['olderThanAll'] })
})

test('a paste that does not fit is refused whole and said, until the operator goes on', () => {
  openDraft(newDraft(null))
  let prevented = false
  const paste = (text: string, value = '', selectionEnd = 0) =>
    refuseLongPaste(
      {
        currentTarget: { value, selectionStart: 0, selectionEnd },
        clipboardData: { getData: () => text },
        preventDefault: () => (prevented = true),
      } as unknown as Parameters<typeof refuseLongPaste>[0],
      '内容',
      10,
    )
  paste('12345678', 'abc')
  expect([prevented, usePasteNote.getState().note]).toEqual([true, { field: '内容', chars: 8, most: 10 }])
  edit({ content: 'x' })
  expect(usePasteNote.getState().note).toBe(null)
  prevented = false
  paste('12345678', 'abc', 3)
  paste('1234567890')
  expect([prevented, usePasteNote.getState().note]).toEqual([false, null])
  paste('x'.repeat(5_000_000))
  expect(usePasteNote.getState().note).toMatchObject({ chars: 5_000_000 })
})
