/** What was taken down as personal stays so (K7.12). */
import { expect, test } from 'vitest'
import type { FormField } from '../../shared/case/form.ts'
import { checkTable, shippedBodies } from '../../shared/tables/tables.ts'

const publish = (id: string, change: Partial<FormField>) => {
  const fields = shippedBodies.form.fields.map((field) => (field.id === id ? { ...field, ...change } : field))
  const at = fields.findIndex((field) => field.id === id)
  const checked = checkTable('form', { fields }, shippedBodies, new Set())
  return checked.ok ? 'published' : checked.flaws.map(({ path, code }) => (path[1] === at ? code : `?${code}`)).join()
}

test.each([
  ['workers', { pii: true }, 'personal'],
  ['workers', { secretForReports: true }, 'personal'],
  ['employer', { secretForReports: false }, 'personal'],
  ['account', { pii: false }, 'personal'],
  ['idCard', { pii: false }, 'personal'],
  ['callerPhone', { pii: false }, 'personal'],
  ['employer', { pii: true }, 'published'],
  ['account', { secretForReports: true }, 'published'],
  ['workers', { required: true, label: { zh: '人数', en: 'workers' } }, 'published'],
  ['workers', { retired: true }, 'published'],
] as const)('K7.12 %s with %o is %s', (id, change, what) => {
  expect(publish(id, change)).toBe(what)
})

test('K7.12 a new field may be anything', () => {
  const { fields } = shippedBodies.form
  const label = { zh: '自定', en: 'own' }
  const own = { id: 'own', group: 'particulars', type: 'text', label, pii: true }
  expect(checkTable('form', { fields: [...fields, own] }, shippedBodies, new Set()).ok).toBe(true)
})
