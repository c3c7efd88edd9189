import { describe, expect, test } from 'vitest'
import { shippedDeadlines } from '../../shared/case/shipped-deadlines.ts'
import { loadInitials } from '../../shared/kb/initials.ts'
import { createSheetBook } from '../../shared/kb/sheet-book.ts'
import { sheetAnswerSchema } from '../../shared/kb/sheet-answer.ts'
import { isRowFound, tableOf } from '../../shared/kb/sheet-rows.ts'
import { must } from '../../shared/errors.ts'
import { seededSheets } from './seeded-sheets.ts'

const initialsOf = await loadInitials()
const book = createSheetBook(seededSheets)
const { days } = shippedDeadlines
const ask = (query: string, at = '2026-11-26T16:50:00+08:00') =>
  book.answer(query, { at: Date.parse(at), days, initialsOf })
const kinds = (...queries: string[]) => queries.map((query) => ask(query)?.kind ?? null)

describe('what is asked', () => {
  test('KR7 from where to where, in any order, in everyday words', () => {
    const said = '在白沙大道中坐 28 路直达江门站，约 14 站、35 分钟，末班 22:00。'
    for (const query of [
      '白沙大道 江门站',
      '从白沙大道到江门火车站',
      '去江门站从白沙大道怎么走',
      '请问白沙大道去高铁站坐几路车？',
      '請問白沙大道去高鐵站坐幾路車',
      '市民在白沙大道，咨询坐公交去江门站怎么走',
    ])
      expect([query, ask(query)?.say.zh]).toEqual([query, said])
    expect(ask('白沙大道 江门站')?.sources).toMatchObject([{ id: 'KB-2041', version: 7, expired: false }])
  })

  test('KR6 a way with a change is one sentence, in both languages, and quotes both lines', () => {
    expect(ask('东华路到江门站')).toMatchObject({
      say: {
        zh: '在东华路坐 8 路到汽车总站，换 16 路到江门站，约 14 站、43 分钟，8 路末班 22:30、16 路末班 21:30。',
        en: 'Take bus 8 at 东华路 to 汽车总站, change to bus 16 to 江门站, about 14 stops, 43 min; last bus 8 22:30, last bus 16 21:30.',
      },
      sources: [{ id: 'KB-2042' }, { id: 'KB-6013' }],
    })
  })

  test('which lines go to a stop, how a line runs, when a place is open, what something costs and takes', () => {
    expect(kinds('江门站 几路车', '去小鸟天堂坐咩车', '28路末班车几点', '11路多久一班')).toEqual([
      'stop',
      'stop',
      'line',
      'line',
    ])
    expect(kinds('去外海有冇巴士', 'bus from 江门东站 to 东湖广场')).toEqual(['stop', 'route'])
    expect(ask('从会城做公交去江门战要转车吗')?.say.zh).toContain('坐会城快线直达江门站')
    expect(kinds('去圭峰山', '車管所 幾點下班', '28路到江门站几站')).toEqual(['stop', 'hours', 'line'])
    expect(ask('11路多久一班')?.title.zh).toBe('11 路')
    expect(ask('江门站 几路车')?.say.zh).toContain('28 路（白沙大道中开出，末班 22:00）')
    expect(ask('车管所 几点下班')?.say.zh).toBe(
      '市车辆管理所今天 9:00–12:00、14:00–17:00，现在办公中，17:00 结束。星期六只办驾驶证业务。',
    )
    expect(ask('身份证补领几多钱')?.say.zh).toBe('补领（遗失），收费：40 元；时限：10–20 个工作日。')
    expect(ask('結婚登記要帶咩證件')?.say.zh).toContain('丧偶的一方')
    expect(ask('结婚登记带什么')?.rows.map(({ name }) => name.zh)).toContain('丧偶的一方')
  })

  test('KT5 what asks for nothing that stands in a table is answered by none', () => {
    const others = [
      '居住证到期怎么办',
      '夜间施工噪音',
      '28 路',
      '江门站',
      '公积金贷款材料',
      '到',
      '从 到',
      '',
      '   ',
      '几点',
      '多少钱',
      '路灯不亮',
      '我用公积金贷款买的房还了五年了现在手头有点钱想提前还一部分',
      '128路末班',
      '白沙大道 江门站 噪音',
    ]
    expect(others.filter((query) => ask(query) !== null)).toEqual([])
  })

  test('at every minute of the day the way to the station is told by its article alone', () => {
    const midnight = Date.parse('2026-11-26T00:00:00+08:00')
    const told = Array.from({ length: 1440 / 5 }, (_, i) =>
      book.answer('白沙大道 江门站', { at: midnight + i * 300_000, days, initialsOf }),
    )
    expect(new Set(told.map((answer) => answer?.sources.map(({ id }) => id).join()))).toEqual(new Set(['KB-2041']))
    expect(told.filter((answer) => !answer?.say.zh.includes('白沙大道中坐 28 路直达江门站'))).toEqual([])
  })
})

test('KT6 an article that is no longer valid is said to be, and one that is not yet valid answers nothing', () => {
  expect(ask('白沙大道 江门站', '2027-04-01T10:00:00+08:00')?.sources).toMatchObject([{ expired: true }])
  const later = createSheetBook(seededSheets.map((article) => ({ ...article, validFrom: '2026-12-01' })))
  const at = (day: string) =>
    later.answer('白沙大道 江门站', { at: Date.parse(`${day}T10:00:00+08:00`), days, initialsOf })
  expect([at('2026-11-30'), at('2026-12-01')?.kind]).toEqual([null, 'route'])
})

test('KR4 KT6 an article that is no longer valid stands in the way of no valid one', () => {
  const over = seededSheets.map((article) => ({
    ...article,
    ...{ id: `A-${article.id}`, title: `旧 ${article.title}`, validUntil: '2025-12-31' },
  }))
  const both = createSheetBook([...over, ...seededSheets])
  for (const query of ['白沙大道 江门站', '28路末班车几点', '车管所 几点下班', '身份证补领几多钱']) {
    const answer = both.answer(query, { at: Date.parse('2026-11-26T16:50:00+08:00'), days, initialsOf })
    expect([query, answer]).toEqual([query, ask(query)])
  }
})

test('KT3 whatever is typed, an answer has its shape, and long or strange words find nothing', () => {
  const typed = [
    '从'.repeat(200),
    '到江门站'.repeat(50),
    '<script>江门站 几路车</script>',
    '\u202e江门站 几路车',
    '白沙大道\u0000江门站',
    '(((',
    '.*到.*',
    '几路车'.repeat(60),
  ]
  for (const query of typed) {
    const answer = ask(query)
    if (answer !== null) expect(sheetAnswerSchema.parse(answer)).toEqual(answer)
  }
  expect([ask('从'.repeat(200)), ask('.*到.*')]).toEqual([null, null])
})

describe('rows of a sheet', () => {
  const sheetOf = (id: string, at = 0) =>
    tableOf(
      must(
        must(
          seededSheets.find((one) => one.id === id),
          id,
        ).sheets[at],
        'a sheet',
      ),
    )

  test('KT4 each says itself in a reply, and is marked where it shows what was found', () => {
    const fees = sheetOf('KB-1531')
    expect(fees.rows.map((row) => row.say.zh)[2]).toBe('补领（遗失），收费：40 元；时限：10–20 个工作日。')
    expect(fees.rows.map((row) => isRowFound(row, ['补领', '领']))).toEqual([false, false, true, false])
    const line = sheetOf('KB-2041')
    expect(line.rows[0]?.say).toEqual({
      zh: '28 路往江门站：白沙大道中开出，首班 6:20，末班 22:00。',
      en: 'bus 28, To 江门站: from 白沙大道中, first bus 6:20, last 22:00.',
    })
    expect(line.rows.filter((row) => isRowFound(row, ['枇杷山']))).toHaveLength(1)
    expect(sheetOf('KB-6103').rows[0]?.say.zh).toBe('市车辆管理所周一至周五：9:00–12:00、14:00–17:00。')
  })
})
