import { useSyncExternalStore } from 'react'
import { chinaDay } from '../../shared/china-day.ts'

const MINUTE_MS = 60_000
let minute = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  timer ??= setInterval(() => {
    minute = Date.now()
    for (const each of listeners) each()
  }, MINUTE_MS)
  return () => void listeners.delete(tell)
}

/** The present time to the minute, in ms: one clock for all lines of a list. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => minute)
}

/** The day in China, as 2026-11-23; a page that stays open over midnight goes on with it. */
export function useToday(): string {
  return chinaDay(useMinute())
}
