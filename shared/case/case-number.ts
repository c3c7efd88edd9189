/**
 * The number that a citizen is told: city, date, desk code, counter — JM20261123-A1-0007. It is final even
 * while central is out of reach, because no two desks hold the same code.
 * @param at milliseconds since the epoch; the date is that of China (UTC+8, no summer time since 1992)
 */
export function caseNumber(at: number, deskCode: string, counter: number): string {
  return `JM${chinaDay(at).replaceAll('-', '')}-${deskCode}-${String(counter).padStart(4, '0')}`
}

const HOUR = 3_600_000

/** The day in China, as 2026-11-23; `at` in milliseconds since the epoch. */
export function chinaDay(at: number): string {
  const days = Math.floor((at + 8 * HOUR) / (24 * HOUR))
  return civilDay(days)
}

/** Days since 1970-01-01 as an ISO date. Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms. */
function civilDay(days: number): string {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
