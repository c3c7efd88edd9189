/**
 * Days in China. They are counted as whole days since 1970-01-01 there, so that they can be added and compared.
 * Source of the algorithms: H. Hinnant, chrono-Compatible Low-Level Date Algorithms.
 */

const DAY_MS = 86_400_000
/** China is ahead of UTC by this: there has been no summer time since 1992. */
const CHINA_MS = 8 * 3_600_000

/** The day in China at a moment in ms, by number. */
export const chinaDayNumber = (at: number): number => Math.floor((at + CHINA_MS) / DAY_MS)

/** The moment in ms at which a day begins in China. */
export const dayBegins = (day: number): number => day * DAY_MS - CHINA_MS

/** The day of the week, 1 (Monday) to 7, of a day by number: 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The day in China, as 2026-11-23; `at` in ms. */
export const chinaDay = (at: number): string => isoOfDay(chinaDayNumber(at))

/** The number of a day that is written as 2026-11-23. */
export function dayOfIso(iso: string): number {
  const [year = 0, month = 0, dayOfMonth = 0] = iso.split('-').map(Number)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy
  return era * 146_097 + doe - 719_468
}

/** A day by number as 2026-11-23. */
export function isoOfDay(day: number): string {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const dayOfMonth = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
