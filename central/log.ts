import type { Clock, Log } from '../shared/ports.ts'

/** Writes one JSON line an event. The port admits names, numbers and codes only: no room for personal data. */
export function lineLog(write: (line: string) => void, clock: Clock): Log {
  return (event, data) => write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), event, ...data })}\n`)
}
