/** The form as data (K7). */
import { describe, expect, test } from 'vitest'
import { shippedBook, shippedTree } from '../../shared/case/classes.ts'
import {
  fieldsFor,
  fieldsLost,
  fixedFields,
  formSchema,
  liesWithCaller,
  particularsFor,
  shippedForm,
} from '../../shared/case/form.ts'
import shipped from '../../shared/case/data/form.json' with { type: 'json' }

const idsOf = (fields: readonly { readonly id: string }[]) => fields.map(({ id }) => id)
type Raw = Record<string, unknown> & { id: string }
const withField = (change: Record<string, unknown>, id = 'concerned') => ({
  fields: (shipped.fields as Raw[]).map((field) => (field.id === id ? { ...field, ...change } : field)),
})

describe('K7.1 a form is data', () => {
  test('the shipped one has every fixed field, and asks for particulars in classes that there are', () => {
    expect(idsOf(shippedForm.fields).slice(0, 10)).toEqual(Object.keys(fixedFields))
    const groups = new Set(shippedTree.map(({ code }) => code))
    for (const code of shippedForm.fields.flatMap(({ classes }) => classes ?? []))
      expect(groups.has(code) || shippedBook.of(code) !== null, code).toBe(true)
  })

  test.each([
    ['a key that is none', { colour: 'red' }, 'concerned'],
    ['an id of another shape', { id: '被反映对象' }, 'concerned'],
    ['a type that is none', { type: 'colour' }, 'concerned'],
    ['a choice without choices', { type: 'choice' }, 'concerned'],
    [
      'choices of no choice',
      {
        choices: [
          { value: 'a', zh: '甲', en: 'a' },
          { value: 'b', zh: '乙', en: 'b' },
        ],
      },
      'concerned',
    ],
    [
      'two choices alike',
      {
        choices: [
          { value: 'a', zh: '甲', en: 'a' },
          { value: 'a', zh: '乙', en: 'b' },
        ],
      },
      'noiseType',
    ],
    ['a range of a text', { min: 1 }, 'concerned'],
    ['a range that is none', { min: 5, max: 1 }, 'paid'],
    ['an order of a text', { notAfterCall: true }, 'concerned'],
    ['an order by no date', { notBefore: 'concerned' }, 'wagesUntil'],
    ['an order by itself', { notBefore: 'wagesUntil' }, 'wagesUntil'],
    ['a second field of one id', { id: 'happenedAt' }, 'concerned'],
    ['a fixed field of another type', { type: 'text' }, 'callerPhone'],
    ['a fixed field that is retired', { retired: true }, 'content'],
    ['a fixed field of one kind', { kinds: ['help'] }, 'content'],
    ['a secret where all read', { secretForReports: true }, 'content'],
    ['a particular in a fixed group', { group: 'content' }, 'concerned'],
    ['a particular without end', { maxLength: 5000 }, 'concerned'],
    ['no label', { label: { zh: ' ', en: 'x' } }, 'concerned'],
  ])('%s is refused', (_, change, id) => {
    expect(formSchema.safeParse(withField({}, id)).success).toBe(true)
    expect(formSchema.safeParse(withField(change, id)).success).toBe(false)
  })

  test('one without a fixed field is refused', () => {
    const fields = shipped.fields.filter(({ id }) => id !== 'content')
    expect(formSchema.safeParse({ fields }).success).toBe(false)
  })

  test('what a newer form has lost is named', () => {
    const after = { fields: shippedForm.fields.filter(({ id }) => id !== 'shop') }
    expect(fieldsLost(shippedForm, after)).toEqual(['shop'])
    expect(fieldsLost(after, shippedForm)).toEqual([])
  })
})

describe('K7.2 kind and class choose what is asked for', () => {
  test.each([
    ['consult', '0101', []],
    ['complaint', null, ['happenedAt', 'concerned', 'otherPhone']],
    ['complaint', '0402', ['happenedAt', 'concerned', 'noiseType', 'noiseHours', 'otherPhone']],
    ['praise', '2101', ['thanked']],
    [
      'report',
      '1201',
      [
        'happenedAt',
        'concerned',
        'employer',
        'wagesOwed',
        'wagesFrom',
        'wagesUntil',
        'workers',
        'project',
        'otherPhone',
      ],
    ],
    [null, '0402', []],
  ] as const)('%s %s', (kind, code, ids) => {
    expect(idsOf(particularsFor(shippedForm, kind, code))).toEqual(ids)
  })

  test('a class requires of the fixed fields what it did', () => {
    const address = (code: string) => fieldsFor(shippedForm, 'help', code).find(({ id }) => id === 'address')?.required
    expect([address('0201'), address('0101')]).toEqual([true, false])
  })

  test('a retired field is asked for no more', () => {
    const retired = formSchema.parse(withField({ retired: true }))
    expect(idsOf(particularsFor(retired, 'complaint', null))).not.toContain('concerned')
  })
})

test('K7.3 what is personal or tells who reports lies with the caller', () => {
  const withCaller = shippedForm.fields.filter((field) => field.group === 'particulars' && liesWithCaller(field))
  expect(idsOf(withCaller)).toEqual(['account', 'employer', 'idCard', 'otherPhone'])
})
