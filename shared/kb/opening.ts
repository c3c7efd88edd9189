/**
 * Whether a place is open, by its hours and the calendar of holidays and worked weekends. Pure. Rules KO1–KO5
 * (shared/kb/SPEC.md).
 */
import { chinaDayNumber, dayBegins, weekdayOf } from '../china-day.ts'
import type { DayKind, WorkingDays } from '../case/working-days.ts'
import { minutesOf, type HoursSheet } from './sheet.ts'

/** From when to when, as it is written: `9:00`. */
export type Span = readonly [string, string]
export type Spans = readonly Span[]

/** A day of a place: what the calendar says of it, when it is open, and whether the calendar knows the day. */
export type PlaceDay = {
  readonly day: number
  readonly kind: DayKind
  readonly spans: Spans
  readonly known: boolean
}

/** At a moment: open until then; before the first span, between two, or after the last; or closed the whole day. */
export type Now = 'open' | 'before' | 'between' | 'after' | 'closed'

export type Opening = {
  readonly today: PlaceDay
  readonly now: Now
  /** When it closes, of a place that is open. */
  readonly until: string | null
  /** When it opens next after that, or after now: the day, and the time. Null where that is further off than two months. */
  readonly next: { readonly day: PlaceDay; readonly at: string } | null
}

const [MONDAY, FRIDAY, SATURDAY] = [1, 5, 6]
const FURTHEST = 62

const onWeekday = (sheet: HoursSheet, weekday: number): Spans =>
  sheet.week.find(({ days }) => days.includes(weekday))?.open ?? []

/** A weekend day that is worked goes as the working day beside it, where the place is open on that (rule KO3). */
function onWorked(sheet: HoursSheet, weekday: number): Spans {
  const beside = onWeekday(sheet, weekday === SATURDAY ? FRIDAY : MONDAY)
  return beside.length > 0 ? beside : onWeekday(sheet, weekday)
}

function onHoliday(sheet: HoursSheet): Spans {
  return typeof sheet.holidays === 'string' ? [] : sheet.holidays
}

/** How a place is open on a day, by its number. One that goes by its week alone asks no calendar (rule KO2). */
export function placeDay(sheet: HoursSheet, days: WorkingDays, day: number): PlaceDay {
  if (sheet.holidays === 'asUsual') {
    return { day, kind: 'common', spans: onWeekday(sheet, weekdayOf(day)), known: true }
  }
  const kind = days.kindOf(day)
  const spans =
    kind === 'holiday'
      ? onHoliday(sheet)
      : kind === 'worked'
        ? onWorked(sheet, weekdayOf(day))
        : onWeekday(sheet, weekdayOf(day))
  return { day, kind, spans, known: days.isKnown(day) }
}

function nowOf(spans: Spans, minute: number): Now {
  const [first] = spans
  if (first === undefined) return 'closed'
  if (spans.some(([from, to]) => minutesOf(from) <= minute && minute < minutesOf(to))) return 'open'
  if (minute < minutesOf(first[0])) return 'before'
  return spans.some(([from]) => minute < minutesOf(from)) ? 'between' : 'after'
}

/** A place that is open through midnight closes when it next does. */
function closesAt(sheet: HoursSheet, days: WorkingDays, today: PlaceDay, minute: number): string | null {
  const span = today.spans.find(([from, to]) => minutesOf(from) <= minute && minute < minutesOf(to))
  if (span === undefined) return null
  const isWholeNight = span[1] === '24:00' && placeDay(sheet, days, today.day + 1).spans[0]?.[0] === '0:00'
  return isWholeNight ? null : span[1]
}

function nextOf(sheet: HoursSheet, days: WorkingDays, today: PlaceDay, minute: number): Opening['next'] {
  const later = today.spans.find(([from]) => minute < minutesOf(from))
  if (later !== undefined) return { day: today, at: later[0] }
  for (let ahead = 1; ahead <= FURTHEST; ahead += 1) {
    const day = placeDay(sheet, days, today.day + ahead)
    const [first] = day.spans
    if (first !== undefined) return { day, at: first[0] }
  }
  return null
}

/** How a place is open at a moment in ms. `until` is null, too, where it does not close tonight. */
export function openingAt(sheet: HoursSheet, days: WorkingDays, at: number): Opening {
  const day = chinaDayNumber(at)
  const minute = Math.floor((at - dayBegins(day)) / 60_000)
  const today = placeDay(sheet, days, day)
  const now = nowOf(today.spans, minute)
  return {
    today,
    now,
    until: closesAt(sheet, days, today, minute),
    next: nextOf(sheet, days, today, minute),
  }
}
