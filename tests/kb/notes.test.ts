import { describe, expect, test } from 'vitest'
import { stepAnswered, type GapWatch } from '../../shared/kb/gap-watch.ts'
import { maskDigits } from '../../shared/kb/mask-digits.ts'
import { maskMobiles, namesCitizen } from '../../shared/kb/names-citizen.ts'

/** Plays what the search answered; `!` before a query that found what was asked. Answers what was told, and what is held. */
function play(...queries: string[]): { told: string[]; held: string | null } {
  let watch: GapWatch = null
  const told: string[] = []
  for (const one of queries) {
    const sure = one.startsWith('!')
    const stepped = stepAnswered(watch, one.replace('!', ''), sure, 'call')
    watch = stepped.watch
    if (stepped.told !== null) told.push(stepped.told.words)
  }
  return { told, held: watch === null ? null : (watch as { words: string }).words }
}

describe('KG1 what was looked for in vain', () => {
  test('KG1 while she types it is one query, in its longest form', () => {
    expect(play('长者', '长者饭', '长者饭堂')).toEqual({ told: [], held: '长者饭堂' })
    expect(play('长者', '长者饭堂', '长者饭', '长者')).toEqual({ told: [], held: '长者饭堂' })
  })

  test('KG1 another question tells of the one before', () => {
    expect(play('长者饭堂', '老人食堂')).toEqual({ told: ['长者饭堂'], held: '老人食堂' })
    expect(play('长者饭堂', '!公交')).toEqual({ told: ['长者饭堂'], held: null })
  })

  test('KG1 what finds something as she goes on typing was only on the way', () => {
    expect(play('江门站几', '!江门站几路车')).toEqual({ told: [], held: null })
    // But what finds something because she asks less was not what she asked.
    expect(play('长者饭堂', '!长者')).toEqual({ told: [], held: '长者饭堂' })
  })

  test('KG2 KG3 too little is none, numbers are not words', () => {
    expect(play('饭', '13800002210')).toEqual({ told: [], held: null })
    expect(play('１３８-0000-2210 退款').held).toBe('***** 退款')
  })
})

const written = [
  '8613800138000',
  '+8613912345678',
  '008613912345678',
  '+86 (138) 0013-8000',
  '013800138000',
  '(138)00138000',
  '138 - 0013 - 8000',
  '138，0013，8000',
  '＋８６１３８００１３８０００',
]

describe('KE3 words that name a citizen', () => {
  test.each(written)('KE3 KG3 however it is written, no digit of it goes to the editors: %s', (number) => {
    expect(maskMobiles(`市民 ${number} 说不对`)).not.toMatch(/\p{Nd}/u)
    expect(maskDigits(`退款 ${number}`)).not.toMatch(/\p{Nd}/u)
  })

  test.each([
    '周一至周五 15:00-17:30，9:00-11:00',
    '13 路、14 路，15 路改道',
    '1949-10-01 至 2019-10-01',
    '15:30-18:30',
  ])('KE3 KG3 what is no number of a person stays: %s', (words) => expect(maskMobiles(words)).toBe(words))

  test('KG3 times of the day stay in what was looked for', () => {
    expect(maskDigits('上班 8:30-12:00')).toBe('上班 8:30-12:00')
  })

  test('KE3 a mobile number is masked, an office’s number and other long ones stay', () => {
    expect(maskMobiles('打 138-0000-2210 或 １３８００００２２１０')).toBe('打 ***** 或 *****')
    const office = '电话应为 0750-3321234、400-8112345，统一代码 914407001234567890'
    expect(maskMobiles(office)).toBe(office)
  })

  const phones = ['+86 138 0000 2210', '0750-3500123']

  test.each([
    '市民13800002210说不对',
    '打 138-0000-2210',
    '１３８００００２２１０',
    '3500123 没人接',
    '身份证 440703 19900307 123x',
  ])('KE3 %s', (words) => expect(namesCitizen(words, phones)).toBe(true))

  test.each([
    '电话应为 0750-3321234',
    '票价 2 元，2026-11-26 起 3 元',
    '28 路改为 128 路',
    '统一代码 914407001234567890',
  ])('KE3 not %s', (words) => expect(namesCitizen(words, [...phones, '110', ''])).toBe(false))
})
