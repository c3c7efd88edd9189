import { useEffect, useState } from 'react'
import { chinaDay } from '../../shared/china-day.ts'

const MINUTE_MS = 60_000

/** The day in China, as 2026-11-23; a page that stays open over midnight goes on with it. */
export function useToday(): string {
  const [today, setToday] = useState(() => chinaDay(Date.now()))
  useEffect(() => {
    const timer = setInterval(() => setToday(chinaDay(Date.now())), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return today
}
