import { chinaDay } from '../../shared/china-day.ts'

const chinaTime = { timeZone: 'Asia/Shanghai', hour12: false } as const
const clock = new Intl.DateTimeFormat('zh-CN', { ...chinaTime, hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('zh-CN', { ...chinaTime, month: '2-digit', day: '2-digit' })

/** The time of day in China, as 15:42. */
export function timeOfDay(at: number): string {
  return clock.format(at)
}

/** Times of day in their order, each minute once: 15:42 ×2、15:50. */
export function minutesOf(times: readonly number[], separator: string): string {
  const counts = new Map<string, number>()
  for (const at of times) counts.set(timeOfDay(at), (counts.get(timeOfDay(at)) ?? 0) + 1)
  return [...counts].map(([minute, count]) => (count > 1 ? `${minute} ×${count}` : minute)).join(separator)
}

/** The day in China, as 11-23. */
export function monthDay(at: number): string {
  return day.format(at).replace('/', '-')
}

/** The day and the time of day in China, as 2026-11-23 15:42. */
export function dayAndTime(at: number): string {
  return `${chinaDay(at)} ${timeOfDay(at)}`
}

/** A span that counts up, as 02:41 or 1:02:41. */
export function countUp(from: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - from) / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
