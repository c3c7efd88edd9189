import { describe, expect, test } from 'vitest'
import { chinaDay } from '../../shared/china-day.ts'
import { shippedDeadlines } from '../../shared/case/shipped-deadlines.ts'
import { openingAt, placeDay } from '../../shared/kb/opening.ts'
import { sayDay, sayHolidays, sayNow, sayWhere } from '../../shared/kb/opening-words.ts'
import { dayAsked, readHoursQuestion } from '../../shared/kb/hours-question.ts'
import { dayOfIso } from '../../shared/china-day.ts'
import type { HoursSheet } from '../../shared/kb/sheet.ts'

const { days } = shippedDeadlines
const at = (day: string, clock: string) => Date.parse(`${day}T${clock.padStart(5, '0')}:00+08:00`)

const office: HoursSheet = {
  kind: 'hours',
  place: '市政务服务中心',
  names: ['政务中心'],
  address: '堤西路 88 号',
  phone: '0750-3500461',
  week: [
    {
      days: [1, 2, 3, 4, 5],
      open: [
        ['9:00', '12:00'],
        ['14:00', '17:00'],
      ],
    },
    { days: [6], open: [['9:00', '12:00']] },
  ],
  holidays: 'closed',
}
const museum: HoursSheet = {
  ...office,
  place: '市博物馆',
  week: [{ days: [2, 3, 4, 5, 6, 7], open: [['9:00', '17:00']] }],
  holidays: [['10:00', '16:00']],
}
const ward: HoursSheet = {
  ...office,
  place: '急诊',
  week: [{ days: [1, 2, 3, 4, 5, 6, 7], open: [['0:00', '24:00']] }],
  holidays: 'asUsual',
}

const say = (sheet: HoursSheet, day: string, clock: string) => sayNow(sheet, days, at(day, clock)).zh
const now = (sheet: HoursSheet, day: string, clock: string) => {
  const { now: state, until, next } = openingAt(sheet, days, at(day, clock))
  return [state, until, next && `${chinaDay(next.day.day * 86_400_000)} ${next.at}`]
}

describe('KO1 KO4 a common day goes by its day of the week', () => {
  test('before, within, between and after its times, to the minute', () => {
    // A Thursday.
    const day = '2026-11-26'
    expect(now(office, day, '8:59')).toEqual(['before', null, '2026-11-26 9:00'])
    expect(now(office, day, '9:00')).toEqual(['open', '12:00', '2026-11-26 14:00'])
    expect(now(office, day, '12:00')).toEqual(['between', null, '2026-11-26 14:00'])
    expect(now(office, day, '16:59')).toEqual(['open', '17:00', '2026-11-27 9:00'])
    expect(now(office, day, '17:00')).toEqual(['after', null, '2026-11-27 9:00'])
    expect(now(office, '2026-11-29', '10:00')).toEqual(['closed', null, '2026-11-30 9:00'])
    expect(now(ward, day, '23:59')).toEqual(['open', null, '2026-11-27 0:00'])
  })
})

describe('KO2 KO3 holidays and worked weekends', () => {
  test('from the day before the Spring Festival it opens after it', () => {
    // 14 February is a Saturday that is worked; the holiday lasts to the 23rd.
    expect(now(office, '2026-02-14', '15:00')).toEqual(['open', '17:00', '2026-02-24 9:00'])
    expect(say(office, '2026-02-14', '17:30')).toBe(
      '市政务服务中心今天因调休上班，9:00–12:00、14:00–17:00，现在已经结束，下次办公是 2 月 24 日（星期二） 9:00。',
    )
    expect(say(office, '2026-02-17', '10:00')).toBe(
      '市政务服务中心今天是法定节假日，不办公，下次办公是 2 月 24 日（星期二） 9:00。',
    )
  })

  test('a Saturday of a holiday is a holiday, whatever else is open on Saturdays', () => {
    expect(placeDay(office, days, dayOfIso('2026-10-03')).spans).toEqual([])
    expect(placeDay(office, days, dayOfIso('2026-10-17')).spans).toEqual([['9:00', '12:00']])
  })

  test('a worked Saturday goes as Friday, a worked Sunday as Monday, where it is open then', () => {
    expect(say(office, '2026-10-10', '11:00')).toBe(
      '市政务服务中心今天因调休上班，9:00–12:00、14:00–17:00，现在办公中，12:00 休息，14:00 再办公。',
    )
    expect(placeDay(office, days, dayOfIso('2026-01-04')).spans).toHaveLength(2)
    expect(placeDay(museum, days, dayOfIso('2026-01-04')).spans).toEqual([['9:00', '17:00']])
  })

  test('a place of its own times on holidays has them on its closed day, too; one that asks no calendar goes by its week', () => {
    // 2026-10-05 is a Monday of the National Day.
    expect(placeDay(museum, days, dayOfIso('2026-10-05')).spans).toEqual([['10:00', '16:00']])
    expect(placeDay(museum, days, dayOfIso('2026-11-30')).spans).toEqual([])
    expect(now(ward, '2026-02-17', '3:00')).toEqual(['open', null, '2026-02-18 0:00'])
    expect([sayHolidays(office).zh, sayHolidays(museum).zh, sayHolidays(ward).zh]).toEqual([
      '市政务服务中心法定节假日不办公。',
      '市博物馆法定节假日 10:00–16:00 开放。',
      '急诊法定节假日照常开放。',
    ])
  })
})

test('KO5 beyond the calendar the day is said to be provisional, and so is a next opening there', () => {
  expect(say(office, '2027-02-08', '10:00')).toBe(
    '市政务服务中心今天 9:00–12:00、14:00–17:00，现在办公中，12:00 休息，14:00 再办公（2027 年放假安排还没有公布，以单位通知为准）。',
  )
  expect(say(office, '2026-12-31', '18:00')).toContain('下次办公是明天 9:00（2027 年放假安排还没有公布')
  expect(say(office, '2026-12-31', '16:00')).not.toContain('2027')
  expect(say(ward, '2027-02-08', '10:00')).toBe('急诊今天 0:00–24:00，现在开放中，今晚不关门。')
})

test('KO6 another day, and where it is, in both languages', () => {
  const today = dayOfIso('2026-11-26')
  expect(sayDay(office, days, today + 1, today)).toEqual({
    zh: '市政务服务中心明天 9:00–12:00、14:00–17:00 办公。',
    en: '市政务服务中心: tomorrow 9:00–12:00, 14:00–17:00.',
  })
  expect(sayDay(office, days, today + 3, today).zh).toBe('市政务服务中心 11 月 29 日（星期日）不办公。')
  expect(sayWhere(office)).toEqual({
    zh: '市政务服务中心在堤西路 88 号，电话 0750-3500461。',
    en: '市政务服务中心: 堤西路 88 号, telephone 0750-3500461.',
  })
  expect(sayNow(office, days, at('2026-10-10', '11:00')).en).toBe(
    '市政务服务中心: today (worked in the stead of a holiday) 9:00–12:00, 14:00–17:00; open now until 12:00, again at 14:00.',
  )
})

test('KO7 the place by its longest name, of the district that is named, and the day that is asked for', () => {
  const [city, xinhui] = [
    { sheet: { ...office, place: '市车管所', names: ['车管所'] } },
    { sheet: { ...office, place: '新会车管分所', names: ['新会车管所'] } },
  ]
  // A Thursday.
  const today = dayOfIso('2026-11-26')
  const read = (query: string) => readHoursQuestion(query, [city, xinhui], today)
  expect(read('车管所 几点下班')).toEqual({ place: city, about: 'now' })
  expect(read('新会车管所几点收工')).toEqual({ place: xinhui, about: 'now' })
  expect(read('台山车管所几点下班')).toBeNull()
  expect(read('车管所电话')).toEqual({ place: city, about: 'where' })
  expect(read('车管所节假日')).toEqual({ place: city, about: 'holidays' })
  expect(read('车管所星期六上班吗')).toEqual({ place: city, about: { day: today + 2 } })
  expect([read('车管所'), read('几点下班'), read('驾驶证 换证')]).toEqual([null, null, null])
  const asked = (words: string) => (dayAsked(words, today) ?? 0) - today
  expect(['听日', '后天', '周四', '礼拜三', '星期天', '周末'].map(asked)).toEqual([1, 2, 0, 6, 3, 2])
  expect(['大后天', '下周一', '下星期四', '下个礼拜天', '下周末', '早上周六'].map(asked)).toEqual([3, 4, 7, 10, 9, 2])
  expect(['上周六', '上星期三', '上周末'].map((words) => dayAsked(words, today))).toEqual([null, null, null])
  expect([read('车管所上周六开门吗'), read('车管所下周一上班吗')?.about]).toEqual([null, { day: today + 4 }])
})
