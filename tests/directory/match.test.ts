import { describe, expect, test } from 'vitest'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { rankEntry } from '../../shared/directory/match.ts'
import { loadReadings } from '../../shared/kb/initials.ts'

const readingsOf = await loadReadings()

const unit = (name: string, number = '3500211', more: object = {}): DirectoryEntry => ({
  ...{ id: name, kind: 'unit', name, numbers: [{ number, words: '值班' }], hours: '全天', district: null },
  ...more,
})
const colleague: DirectoryEntry = {
  ...{
    id: 'staff:1003',
    kind: 'colleague',
    name: '林晓',
    staffNo: '1003',
    extension: '1003',
    team: '甲班',
    role: null,
  },
}

/** Who answers, the best first. */
function found(query: string, ...entries: DirectoryEntry[]): string[] {
  return entries
    .map((entry) => ({ name: entry.name, rank: rankEntry(entry, readingsOf(entry.name), query) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => Number(a.rank) - Number(b.rank))
    .map(({ name }) => name)
}

describe('by letters', () => {
  test('sjj finds 市交警, and 市公安局交通警察支队 behind it', () => {
    const names = ['市公安局交通警察支队', '市交警支队', '市水务局']
    expect(found('sjj', ...names.map((name) => unit(name)))).toEqual(['市交警支队', '市公安局交通警察支队'])
  })

  test.each([
    ['长顺街道办事处', 'csjd', 'zsjd'],
    ['银行监管科', 'yhjg', 'yxjg'],
    ['重点项目办', 'zdxm', 'cdxm'],
    ['音乐厅', 'yyt', 'ylt'],
  ])('%s is found by every reading of its characters', (name, ...queries) => {
    for (const query of queries) expect(found(query, unit(name)), query).toEqual([name])
  })

  test('in capitals and full width alike, and not by letters in another order', () => {
    expect(found('ＳＪＪ', unit('市交警支队'))).toEqual(['市交警支队'])
    expect(found('jsj', unit('市交警支队'))).toEqual([])
    expect(found('j', unit('市交警支队'))).toEqual(['市交警支队'])
  })
})

test('by words: the beginning of a name before its middle, then district, hours, team and staff number', () => {
  const near = unit('蓬江区办', '3500461', { district: '蓬江区' })
  expect(found('交警', unit('市交警支队'), unit('交警大队'))).toEqual(['交警大队', '市交警支队'])
  expect(found('蓬江', unit('某局', '3500462', { district: '蓬江区' }), near)).toEqual(['蓬江区办', '某局'])
  expect(found('甲班', colleague)).toEqual(['林晓'])
})

test('by digits: a whole number before its beginning before its middle; one digit asks for nothing but itself', () => {
  const [whole, begins, within] = [unit('整', '3500'), unit('头', '3500211'), unit('中', '0750-3500299')]
  expect(found('3500', within, begins, whole)).toEqual(['整', '头', '中'])
  expect(found('1', colleague, whole)).toEqual([])
  expect(found('1003', colleague, whole)).toEqual(['林晓'])
})
