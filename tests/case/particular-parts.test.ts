/** A form as groups of a case, and a case as a form again (K7.3, K7.7). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyForm, formToGroups, groupsToForm, type CaseForm } from '../../shared/case/case-form.ts'
import { groupNames, type CaseRecord } from '../../shared/case/case-record.ts'
import { applyCaseEvent } from '../../shared/case/decide.ts'
import { partsOfForm, partsOfValue, sameParts } from '../../shared/case/form-parts.ts'
import { shippedForm } from '../../shared/case/form.ts'
import { particularsSchema, valuesSchema, type Values } from '../../shared/case/particulars.ts'

const caseId = '0197a000-0000-7000-8000-000000000001'
const ids = [...shippedForm.fields.flatMap(({ id, group }) => (group === 'particulars' ? [id] : [])), 'longGone']
const values: fc.Arbitrary<Values> = fc.dictionary(
  fc.constantFrom(...ids),
  fc.oneof(fc.constantFrom('', ' ', '　', '甲'), fc.string({ unit: 'grapheme', maxLength: 20 })),
)
const forms: fc.Arbitrary<CaseForm> = fc
  .record({ particulars: values, papers: values, formVersion: fc.nat(9) })
  .map((more) => ({ ...emptyForm('13800002210'), kind: 'complaint', classification: '0402', ...more }))

function opened(form: CaseForm) {
  const { groups, caller } = formToGroups(form, caseId)
  const event = { type: 'caseOpened', caseNo: 'JM20261123-A1-0001', callId: null, groups, at: 1, by: '1003' } as const
  return { record: applyCaseEvent(null, caseId, event), caller }
}
const shuffled = (of: Values): Values => Object.fromEntries(Object.entries(of).toReversed())

test('K7.7 whatever is typed comes again as it was, and says the same in every group', () => {
  fc.assert(
    fc.property(forms, (form) => {
      const { record, caller } = opened(form)
      const again = groupsToForm(record, caller)
      for (const group of groupNames) expect(sameParts(partsOfForm(form, group), partsOfForm(again, group))).toBe(true)
      const said = (of: CaseForm) => Object.entries({ ...of.particulars }).filter(([, value]) => value.trim() !== '')
      expect(said(again).toSorted()).toEqual(said(form).toSorted())
      const told = ({ groups }: CaseRecord) => partsOfValue({ group: 'particulars', value: groups.particulars }, null)
      expect(sameParts(told(record), partsOfForm(form, 'particulars'))).toBe(true)
    }),
  )
})

test('K7.7 the order of the values, blank ones and the version say nothing; any other word does', () => {
  fc.assert(
    fc.property(forms, fc.constantFrom(...ids), (form, id) => {
      const parts = partsOfForm(form, 'particulars')
      const other = { ...form, particulars: { ...shuffled(form.particulars), blank: ' ' }, formVersion: 77 }
      expect(sameParts(parts, partsOfForm(other, 'particulars'))).toBe(true)
      const more = { ...form, particulars: { ...form.particulars, [id]: `${form.particulars[id] ?? ''}乙` } }
      expect(sameParts(parts, partsOfForm(more, 'particulars'))).toBe(false)
    }),
  )
})

test.each([
  ['a strange id', { 'not an id': '1' }],
  ['a word that every object has', { constructor: '1' }],
  ['a value that is no text', { workers: 1 }],
  ['a value without end', { workers: 'x'.repeat(2001) }],
  ['values without end', Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`v${n}`, '1']))],
])('K7.7 %s is no value of a case', (_, strange) => {
  expect(valuesSchema.safeParse(strange).success).toBe(false)
  expect(particularsSchema.safeParse({ version: 0, values: strange }).success).toBe(false)
})

test('K7.3 nothing that lies with the caller stands in the groups of the case', () => {
  fc.assert(
    fc.property(forms, (form) => {
      const secret = { ...form, papers: { idCard: '〔只有她〕' } }
      const { record, caller } = opened(secret)
      expect(JSON.stringify(record)).not.toContain('〔只有她〕')
      expect(caller.papers).toEqual(secret.papers)
    }),
  )
})
