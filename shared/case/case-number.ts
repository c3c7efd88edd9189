import { chinaDay } from '../china-day.ts'

/**
 * The number that a citizen is told: city, date, desk code, counter — JM20261123-A1-0007. It is final even
 * while central is out of reach, because no two desks hold the same code.
 * @param at milliseconds since the epoch; the date is that of China (UTC+8, no summer time since 1992)
 */
export function caseNumber(at: number, deskCode: string, counter: number): string {
  return `JM${chinaDay(at).replaceAll('-', '')}-${deskCode}-${String(counter).padStart(4, '0')}`
}
