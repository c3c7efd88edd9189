/** The calendar of working days beyond its shape. */
import type { WorkCalendar } from '../../case/working-days.ts'
import { dayOfIso } from '../../china-day.ts'
import type { Flaw, FlawCode } from '../flaw.ts'
import { seconds } from './alike.ts'

/** No holiday is longer. */
const MOST_FREE_DAYS = 31

// 1970-01-01 was a Thursday.
const isWeekend = (iso: string) => (dayOfIso(iso) + 3) % 7 >= 5

/** Holidays and swapped days are in order, apart, within the calendar; who works in a holiday's stead does so on a weekend. */
export function checkCalendar({ from, until, off, work }: WorkCalendar): Flaw[] {
  const flaws: Flaw[] = []
  const complain = (where: 'off' | 'work', index: number, code: FlawCode) => flaws.push({ path: [where, index], code })
  off.forEach(([first, last], index) => {
    const before = off[index - 1]
    if (before !== undefined && first < before[0]) complain('off', index, 'unsorted')
    else if (before !== undefined && first <= before[1]) complain('off', index, 'overlap')
    if (first < from || last > until) complain('off', index, 'outsideCalendar')
    if (dayOfIso(last) - dayOfIso(first) >= MOST_FREE_DAYS) complain('off', index, 'freeTooLong')
  })
  work.forEach((day, index) => {
    const before = work[index - 1]
    if (before !== undefined && day < before) complain('work', index, 'unsorted')
    if (day < from || day > until) complain('work', index, 'outsideCalendar')
    if (!isWeekend(day)) complain('work', index, 'notWeekend')
    if (off.some(([first, last]) => day >= first && day <= last)) complain('work', index, 'overlap')
  })
  for (const index of seconds(work)) complain('work', index, 'twice')
  return flaws
}
