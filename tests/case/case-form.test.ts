import { expect, test } from 'vitest'
import { emptyForm, missingFields, type CaseForm } from '../../shared/case/case-form.ts'

const full: CaseForm = {
  ...emptyForm('13800002210'),
  kind: 'consult',
  classification: '0101',
  district: '蓬江区',
  content: '坐公交去江门站',
  replyMode: 'atOnce',
  reply: '乘 28 路',
}

test('an empty form names all that is missing, in the order of the form', () => {
  expect(missingFields(emptyForm()).map(({ field }) => field)).toEqual([
    'kind',
    'classification',
    'district',
    'callerPhone',
    'content',
    'replyMode',
  ])
})

test('a full form misses nothing', () => {
  expect(missingFields(full)).toEqual([])
})

test('a reply at once needs its words, a later one does not', () => {
  expect(missingFields({ ...full, reply: ' ' })).toEqual([{ field: 'reply', problem: 'empty' }])
  expect(missingFields({ ...full, reply: '', replyMode: 'later' })).toEqual([])
})

test('a phone that is no number is said so; a caller who wants no reply need not give one', () => {
  expect(missingFields({ ...full, callerPhone: '不知道' })).toEqual([{ field: 'callerPhone', problem: 'notANumber' }])
  expect(missingFields({ ...full, callerPhone: '', replyMode: 'notWanted' })).toEqual([])
})
