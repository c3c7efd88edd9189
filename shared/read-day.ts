/** A day as a person types it. */
import { chinaDay, dayOfIso, isoOfDay } from './china-day.ts'

/** Year, month and day, or the last two alone; by any sign between them, or by none: 2026-11-26, 20261126, 11/26, 11月26日. */
const typed = /^(?:(\d{4})[^\d]?)?(\d{1,2})[^\d](\d{1,2})[^\d]?$|^(\d{4})?(\d{2})(\d{2})$/

/**
 * The day as 2026-11-26; null where it is none. Without a year it is the last such day up to `now` (ms): who looks for
 * cases looks back.
 */
export function readDay(text: string, now: number): string | null {
  const found = typed.exec(text.normalize('NFKC').trim())
  if (found === null) return null
  const [year, month, day] = [found[1] ?? found[4], found[2] ?? found[5], found[3] ?? found[6]]
  const today = chinaDay(now)
  const isoIn = (of: number) => `${of}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
  const thisYear = Number(today.slice(0, 4))
  const iso = isoIn(year === undefined ? (isoIn(thisYear) > today ? thisYear - 1 : thisYear) : Number(year))
  // What no calendar has comes back as another day.
  return isoOfDay(dayOfIso(iso)) === iso ? iso : null
}
