/** What a process costs, out of /proc. */
import { readFileSync } from 'node:fs'

export type Cost = { readonly cpuS: number; readonly rssMb: number; readonly pssMb: number }

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100

/** CPU seconds since its start, and memory now: resident, and with shared pages divided among those who share them. */
export function costOf(pid: number): Cost {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // pid (name) state …; the name may hold anything. User and system time are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0) / 1024
  return { cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS, rssMb: mb('Rss'), pssMb: mb('Pss') }
}
