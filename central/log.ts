import type { Clock, Log } from '../shared/ports.ts'

/** Writes one JSON line an event. The port admits names, numbers and codes only: no room for personal data. */
export function lineLog(write: (line: string) => void, clock: Clock): Log {
  return (event, data) => write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), event, ...data })}\n`)
}

/** Where an error arose, without its message: messages of databases and parsers quote what they were given. */
export function faultOf(error: unknown): { name: string; code: string; where: string } {
  if (!(error instanceof Error)) return { name: typeof error, code: '', where: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code.slice(0, 40) : ''
  const where = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
  return {
    name: error.name,
    code,
    where: where.map((line) => line.trim().replace(/\(?file:.*\/central\//, '(')).join(' < '),
  }
}
