import { describe, expect, test } from 'vitest'
import { sheetsSchema, type Sheet } from '../../shared/kb/sheet.ts'
import { shapeFlaws } from '../../shared/tables/flaw.ts'

const line: Sheet = {
  kind: 'line',
  name: '28 路',
  fare: '2 元',
  interval: '10–12 分',
  minutes: 35,
  there: { first: '6:20', last: '22:00' },
  back: { first: '6:20', last: '0:30' },
  stops: ['白沙大道中', '农林路口', '江门站'],
}
const hours: Sheet = {
  kind: 'hours',
  place: '市车辆管理所',
  names: ['车管所'],
  address: '江海区金瓯路',
  phone: '0750-3500399',
  week: [
    {
      days: [1, 2, 3, 4, 5],
      open: [
        ['9:00', '12:00'],
        ['13:00', '17:00'],
      ],
    },
  ],
  holidays: 'closed',
}
const fees: Sheet = { kind: 'fees', title: '收费', columns: ['项目', '金额'], rows: [['补领', '40 元']] }

/** What is wrong with a list of sheets: where and which. */
function flaws(...sheets: unknown[]): string[] {
  const read = sheetsSchema.safeParse(sheets, { reportInput: true })
  return read.success ? [] : shapeFlaws(read.error).map(({ path, code }) => `${path.join('.')} ${code}`)
}

test('KT1 what is well said is read as it stands', () => {
  expect(sheetsSchema.parse([line, hours, fees])).toEqual([line, hours, fees])
})

describe('KT2 what is wrong is refused, with its place and a code', () => {
  test('a line whose stops stand twice, or that has another way back and none', () => {
    const round = { ...line, back: null, stops: ['东湖广场', '港口路', '堤中路', '东湖广场'] }
    expect(flaws(round)).toEqual([])
    expect(flaws({ ...line, stops: ['甲', '乙', '甲', '丙'] })).toEqual(['0.stops twice'])
    expect(flaws({ ...line, stops: ['甲', '甲'] })).toEqual(['0.stops twice'])
    expect(flaws({ ...line, stops: ['甲'] })).toEqual(['0.stops tooShort'])
    expect(flaws({ ...line, back: null, backStops: ['丙', '甲'] })).toEqual(['0.back empty'])
    expect(flaws({ ...line, there: { first: '6:20', last: '25:00' } })).toEqual(['0.there.last format'])
  })

  test('times that meet or run backwards, and a day of the week that is named twice', () => {
    const open = (...spans: [string, string][]) => flaws({ ...hours, week: [{ days: [1], open: spans }] })
    expect(open(['0:00', '24:00'])).toEqual([])
    expect(open(['9:00', '12:00'], ['11:00', '17:00'])).toEqual(['0.week.0.open unsorted'])
    expect(open(['12:00', '9:00'])).toEqual(['0.week.0.open unsorted'])
    expect(flaws({ ...hours, week: [...hours.week, { days: [5], open: [] }] })).toEqual(['0.week twice'])
    expect(flaws({ ...hours, week: [{ days: [8], open: [] }] })).toEqual(['0.week.0.days.0 tooLong'])
  })

  test('a table with a thousand columns, a row that is too short, an empty row', () => {
    const wide = Array.from({ length: 1000 }, (_, at) => `列${at}`)
    expect(flaws({ ...fees, columns: wide, rows: [wide] })).toContain('0.columns tooLong')
    expect(flaws({ ...fees, rows: [['补领']] })).toEqual(['0.rows gap'])
    expect(flaws({ ...fees, rows: [['', '']] })).toEqual(['0.rows gap'])
    expect(flaws({ ...fees, rows: [] })).toEqual(['0.rows tooShort'])
    expect(flaws({ ...fees, columns: ['项目', '项目'] })).toEqual(['0.columns twice'])
  })

  test('words that turn the writing round, hide, or begin another line; a kind that there is not; too many', () => {
    for (const words of ['江\u202e门站', '江门\u200b站', '江门\n站', '江门站 ', '\ud800'])
      expect(flaws({ ...line, stops: [words, '东湖广场'] })).toEqual(['0.stops.0 format'])
    expect(flaws({ ...fees, rows: [['补领', '40\u2067元']] })).toEqual(['0.rows.0.1 format'])
    expect(flaws({ kind: 'formula' })).toEqual(['0.kind wrongType'])
    expect(flaws(...Array.from({ length: 13 }, () => fees))).toEqual([' tooLong'])
  })
})

test('KT3 markup is words like any other', () => {
  const said = [['<script>alert(1)</script>', '<b>40 元</b>']]
  expect(sheetsSchema.parse([{ ...fees, rows: said }])).toMatchObject([{ rows: said }])
})
