import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What the system calls of a run tell: acknowledgements, how many came before their words were on the disk, syncs, and
 * pages of central that were taken without waiting for the disk.
 */
export type Trace = {
  readonly acknowledged: number
  readonly tooEarly: number
  readonly synced: number
  readonly unhurried: number
}

const CALLS = 'fdatasync,fsync,pwrite64,write'

/** Reads a trace: an acknowledgement is too early when the log of the database was written and not yet synced. */
export function readTrace(lines: readonly string[]): Trace {
  /** The threads that wait for a sync of the log. */
  const syncing = new Set<string>()
  let unsynced = false
  let acknowledged = 0
  let tooEarly = 0
  let synced = 0
  let unhurried = 0
  for (const line of lines) {
    const [thread = ''] = line.split(' ', 1)
    const resumed = /<\.\.\. f(?:data)?sync resumed>\s*\)\s+= (-?\d+)/.exec(line)
    const isOfLog = resumed !== null && syncing.delete(thread)
    if (/\bpwrite64\(\d+<[^>]*-wal>/.test(line)) unsynced = true
    // A call amid which another thread's was told is told in two parts, and counts when it has come back.
    else if (/\bf(?:data)?sync\(\d+<[^>]*-wal> <unfinished/.test(line)) syncing.add(thread)
    else if (/\bf(?:data)?sync\(\d+<[^>]*-wal>\)\s+= 0/.test(line) || (isOfLog && resumed[1] === '0')) {
      unsynced = false
      synced += 1
    } else if (/\bwrite\(1<[^>]*>, "(?:fact|draft|case) /.test(line)) {
      acknowledged += 1
      if (unsynced) tooEarly += 1
    } else if (unsynced && /\bwrite\(1<[^>]*>, "page /.test(line)) unhurried += 1
  }
  return { acknowledged, tooEarly, synced, unhurried }
}

/** Runs the store under strace for so many rounds of work; how, is the victim's to know. */
export function traceStore(rounds: number, how: 'FULL' | 'OFF' | 'PAGES'): Trace {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-trace-'))
  const log = join(dir, 'calls.log')
  try {
    const files = [
      '--import',
      join(import.meta.dirname, '../support/sql-text.ts'),
      join(import.meta.dirname, 'victim.ts'),
    ]
    const victim = [process.execPath, ...files, dir, '0', String(rounds), how]
    execFileSync('strace', ['-f', '-y', '-s', '16', '-e', `trace=${CALLS}`, '-o', log, ...victim], { stdio: 'pipe' })
    return readTrace(readFileSync(log, 'utf8').split('\n'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
