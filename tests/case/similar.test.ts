import { describe, expect, test } from 'vitest'
import { canLookFor, MOST_SIMILAR, rankSimilar, type Candidate, type SimilarQuery } from '../../shared/case/similar.ts'

const query: SimilarQuery = {
  caseId: 'written',
  code: '0501',
  district: '蓬江区',
  address: '青云小区三栋',
  text: '家里从早上开始停水，物业说不清楚',
}
let made = 0
const one = (more: Partial<Candidate> = {}): Candidate => ({
  caseId: `c${(made += 1)}`,
  ...{ code: '0501', district: '蓬江区', address: '青云小区', text: '小区停水', isEvent: false, openedAt: made },
  ...more,
})
const ranked = (asked: SimilarQuery, ...candidates: Candidate[]) => rankSimilar(asked, candidates).map((r) => r.caseId)

describe('K9.1 like what is written is an open case', () => {
  test('near the same place: its district, and of the address something where both say one', () => {
    const here = one()
    const street = one({ address: '港口路 8 号' })
    const elsewhere = one({ district: '江海区' })
    const nowhere = one({ district: null, address: '' })
    expect(ranked(query, here, street, elsewhere, nowhere)).toEqual([here.caseId])
    expect(ranked({ ...query, district: null }, here, nowhere)).toEqual([here.caseId])
  })

  test('of the same class, or in the same words', () => {
    const words = one({ code: '0101', text: '青云小区三栋停水' })
    const neither = one({ code: '0101', address: '青云小区', text: '广场舞扰民' })
    expect(ranked(query, words, neither)).toEqual([words.caseId])
  })

  test('and never the one that is written itself', () => {
    expect(ranked(query, one({ caseId: 'written' }))).toEqual([])
  })

  test('without a place, or with nothing said, none is looked for', () => {
    expect(canLookFor(query)).toBe(true)
    expect(canLookFor({ ...query, district: null, address: '' })).toBe(false)
    expect(canLookFor({ ...query, code: null, text: '你好' })).toBe(false)
  })
})

describe('K9.2 by a score', () => {
  test('of class, district, address and words, a hundred at most', () => {
    const same = one({ address: query.address, text: query.text })
    expect(rankSimilar(query, [same])).toEqual([{ caseId: same.caseId, score: 100 }])
  })

  test('class and district alone are not enough', () => {
    expect(ranked({ ...query, address: '' }, one({ address: '', text: '水费收错了' }))).toEqual([])
  })

  test('what nearly all have says little, what few have much', () => {
    const asked = { ...query, address: '', text: '停水 青云' }
    const common = Array.from({ length: 6 }, () => one({ address: '', text: '停水 建设路' }))
    const rare = one({ address: '', text: '青云 没有来水', openedAt: 0 })
    expect(ranked(asked, ...common, rare)[0]).toBe(rare.caseId)
  })

  test('the newest first of the same, ten at most', () => {
    const many = Array.from({ length: 14 }, () => one())
    expect(ranked(query, ...many)).toEqual(
      many
        .toReversed()
        .slice(0, MOST_SIMILAR)
        .map(({ caseId }) => caseId),
    )
  })
})

test('K9.3 an event comes first, from anywhere in its district', () => {
  const event = one({ isEvent: true, address: '白石大道', text: '停水抢修：青云小区一带', openedAt: 0 })
  expect(ranked(query, one({ address: query.address, text: query.text }), event)[0]).toBe(event.caseId)
})
