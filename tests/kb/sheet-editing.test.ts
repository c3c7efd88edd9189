import { expect, test } from 'vitest'
import { cleanFields, type ArticleFields } from '../../shared/kb/article-life-fields.ts'
import type { Sheet } from '../../shared/kb/sheet.ts'
import {
  countSheetFlaws,
  freshSheet,
  sheetFlaws,
  sheetKinds,
  spansFrom,
  spansText,
} from '../../shared/kb/sheet-editing.ts'

const told = (sheet: Sheet) => sheetFlaws(sheet).map(({ path, code }) => `${path.join('.')} ${code}`)
const fees: Sheet = { kind: 'fees', title: '收费', columns: ['项目', '金额'], rows: [['补领', '40 元']] }

test('KT8 what a table begins with says where it is to be filled in', () => {
  expect(sheetKinds.map((kind) => told(freshSheet(kind, ['项目', '金额'])))).toEqual([
    ['title tooShort', 'rows.0.0 gap'],
    ['title tooShort', 'rows.0.0 gap'],
    ['place tooShort', 'address tooShort', 'week.0.open.0.0 format', 'week.0.open.0.1 format'],
    [
      ...['name tooShort', 'fare tooShort', 'interval tooShort', 'minutes tooShort', 'there.first format'],
      ...['there.last format', 'back.first format', 'back.last format', 'stops.0 tooShort', 'stops.1 tooShort'],
    ],
  ])
})

test('KT8 each row without its head is told, whatever else is wrong; a whole table has nothing wrong', () => {
  const rows = [
    ['补领', '40 元'],
    ['', '20 元'],
    ['换领', '20 元'],
    ['', ''],
  ]
  expect(told({ ...fees, rows })).toEqual(['rows.1.0 gap', 'rows.3.0 gap'])
  expect(told({ ...fees, title: '', rows })).toEqual(['title tooShort', 'rows.1.0 gap', 'rows.3.0 gap'])
  expect([sheetFlaws(fees), countSheetFlaws([fees, { ...fees, rows }]), countSheetFlaws()]).toEqual([[], 2, 0])
})

test('KT8 times are read as they are typed, and what is no time yet stays', () => {
  const typed = '9:00-12:00、13：00 － 14:00'
  expect(spansFrom('9:00-12:00、13：00至17:30')).toEqual([
    ['9:00', '12:00'],
    ['13:00', '17:30'],
  ])
  expect(spansText(spansFrom('9:00 - 12:00'))).toBe('9:00–12:00')
  expect(spansText(spansFrom(typed))).toBe('9:00–12:00、13:00–14:00')
  expect(['9', '9:00-', '随时-什么-时候'].map((text) => spansText(spansFrom(text)))).toEqual([
    ...['9', '9:00', '随时–什么-时候'],
  ])
})

test('KT8 KA7 blank ends and what nobody sees go from the cells, and nothing else changes', () => {
  const fields: ArticleFields = {
    ...{ family: '', title: 't', body: 'b', source: '', unit: '', validUntil: '2027-12-31' },
    ...{ district: null, questions: [] },
  }
  const typed: Sheet = { ...fees, rows: [[' 补领\u200b ', '40\t元 ']], title: '收费 ' }
  expect(cleanFields({ ...fields, sheets: [typed] }).sheets).toEqual([fees])
  expect(cleanFields({ ...fields, sheets: [] })).toEqual(fields)
})
