/**
 * Working days on the Chinese calendar, with its holidays and swapped days (调休). Pure; the calendar is a table that
 * the State Council's yearly notice extends (data/calendar.json is the one shipped).
 */
import { z } from 'zod'
import { dayOfIso, weekdayOf } from '../china-day.ts'

const isoDay = z.iso.date()

/**
 * `off` are holidays, first and last day each; `work` are the Saturdays and Sundays worked in their stead. Known is
 * from `from` to `until`; beyond, Monday to Friday are taken for working days, and what was counted is provisional.
 */
export const workCalendarSchema = z
  .object({
    source: z.string().max(200),
    from: isoDay,
    until: isoDay,
    off: z.array(z.tuple([isoDay, isoDay])),
    work: z.array(isoDay),
  })
  .refine(({ from, until }) => from <= until, { error: 'unsorted', path: ['until'] })
  .refine(({ off }) => off.every(([first, last]) => first <= last), { error: 'unsorted', path: ['off'] })
export type WorkCalendar = z.infer<typeof workCalendarSchema>

/** What the calendar says of a day: a holiday, a Saturday or Sunday worked in the stead of one, or nothing. */
export type DayKind = 'holiday' | 'worked' | 'common'

export type WorkingDays = {
  /** Whether people work on this day in China, by number. */
  isWorking(day: number): boolean
  kindOf(day: number): DayKind
  /** Whether the calendar knows it, or it is taken for a common one. */
  isKnown(day: number): boolean
}

export function createWorkingDays({ from, until, off, work }: WorkCalendar): WorkingDays {
  const known = { first: dayOfIso(from), last: dayOfIso(until) }
  const worked = new Set(work.map(dayOfIso))
  const free = new Set(
    off.flatMap(([first, last]) =>
      Array.from({ length: dayOfIso(last) - dayOfIso(first) + 1 }, (_, index) => dayOfIso(first) + index),
    ),
  )
  return {
    isWorking: (day) => worked.has(day) || (weekdayOf(day) < 6 && !free.has(day)),
    kindOf: (day) => (worked.has(day) ? 'worked' : free.has(day) ? 'holiday' : 'common'),
    isKnown: (day) => day >= known.first && day <= known.last,
  }
}

/** The `count`-th working day after `day`, and whether every day on the way was known. `skip` leaves days out. */
export function workingDayAfter(
  days: WorkingDays,
  day: number,
  count: number,
  skip: (day: number) => boolean = () => false,
): { readonly day: number; readonly known: boolean } {
  let current = day
  let known = true
  for (let left = count; left > 0;) {
    current += 1
    known &&= days.isKnown(current)
    if (days.isWorking(current) && !skip(current)) left -= 1
  }
  return { day: current, known }
}
