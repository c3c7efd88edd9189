/**
 * Days and times as operators type them: 2026-11-23, 2026年11月23日, 11月23日 14:30, 2026年3月. What is typed stands as
 * typed; here is only read what it means.
 */
import { chinaDay, chinaDayNumber, dayOfIso, isoOfDay } from '../china-day.ts'

/** From when to when it may have been, in minutes of China since 1970-01-01: a day is as long as a day, a month as a month. */
export type TimeSpan = { readonly from: number; readonly to: number }
/** Not understood, or understood and not there: 31 April. */
export type NoDate = 'unreadable' | 'noSuchDate'

const DAY = 1440
const [FIRST_YEAR, LAST_YEAR] = [1900, 2100]

const pad = (digits: number) => String(digits).padStart(2, '0')

/** The number of a day that there is. */
function dayNumber(year: number, month: number, day: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null
  const iso = `${year}-${pad(month)}-${pad(day)}`
  const number = dayOfIso(iso)
  return isoOfDay(number) === iso ? number : null
}

/** The moment of a call in minutes of China. */
export const minuteOf = (at: number): number => Math.floor(at / 60_000) + 8 * 60

const LATE = /下午|晚上|晚|傍晚|夜里/

/** The minute of the day; null for none that there is. */
function readTime(words: string): number | null {
  const found = /^(凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚)?(\d{1,2})(?:[:点时](?:(\d{1,2})分?|(半))?)$/.exec(words)
  if (found === null) return null
  const [, part = '', hours = '', minutes = '0', half] = found
  const hour = Number(hours) < 12 && LATE.test(part) ? Number(hours) + 12 : Number(hours)
  const minute = half === undefined ? Number(minutes) : 30
  return hour < 24 && minute < 60 ? hour * 60 + minute : null
}

/** Of a day without its year: the last one before the end of the day of the call. */
function yearOf(month: number, day: number, callAt: number): number {
  const year = Number(chinaDay(callAt).slice(0, 4))
  const thisYear = dayNumber(year, month, day)
  return thisYear !== null && thisYear > chinaDayNumber(callAt) ? year - 1 : year
}

const spanOfDay = (day: number, time: number | null): TimeSpan =>
  time === null ? { from: day * DAY, to: day * DAY + DAY - 1 } : { from: day * DAY + time, to: day * DAY + time }

function readMonth(words: string): TimeSpan | NoDate | null {
  const found = /^(\d{4})[-/.年](\d{1,2})月?份?$/.exec(words)
  if (found === null) return null
  const [year, month] = [Number(found[1]), Number(found[2])]
  const first = dayNumber(year, month, 1)
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
  if (first === null || next === null) return 'noSuchDate'
  return { from: first * DAY, to: next * DAY - 1 }
}

/** Reads a day, with or without its time, or a month; `callAt` is when the citizen said it, in ms. */
export function readDate(typed: string, callAt: number): TimeSpan | NoDate {
  const words = typed.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const month = readMonth(words)
  if (month !== null) return month
  const found =
    /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?(?:[ T]?(\D?.*))?$/.exec(words) ??
    /^(\d{4})(\d{2})(\d{2})(?: (.*))?$/.exec(words)
  if (found === null) return 'unreadable'
  const [, year, monthText, dayText, rest = ''] = found
  const [ofYear, ofMonth] = [Number(monthText), Number(dayText)]
  const day = dayNumber(year === undefined ? yearOf(ofYear, ofMonth, callAt) : Number(year), ofYear, ofMonth)
  if (rest.trim() === '') return day === null ? 'noSuchDate' : spanOfDay(day, null)
  const time = readTime(rest.replace(/ /g, ''))
  if (time === null) return 'unreadable'
  return day === null ? 'noSuchDate' : spanOfDay(day, time)
}
