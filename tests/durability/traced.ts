import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the system calls of a run tell: acknowledgements, how many came before their words were on the disk, and syncs. */
export type Trace = { readonly acknowledged: number; readonly tooEarly: number; readonly synced: number }

const CALLS = 'fdatasync,fsync,pwrite64,write'

/** Reads a trace: an acknowledgement is too early when the log of the database was written and not yet synced. */
export function readTrace(lines: readonly string[]): Trace {
  let unsynced = false
  let acknowledged = 0
  let tooEarly = 0
  let synced = 0
  for (const line of lines) {
    if (/\bpwrite64\(\d+<[^>]*-wal>/.test(line)) unsynced = true
    // An interrupted call counts when it has come back: «resumed».
    else if (/\bfd?a?t?a?sync\(\d+<[^>]*-wal>\)\s+= 0/.test(line) || /fdatasync resumed>/.test(line)) {
      unsynced = false
      synced += 1
    } else if (/\bwrite\(1<[^>]*>, "(?:fact|draft|case) /.test(line)) {
      acknowledged += 1
      if (unsynced) tooEarly += 1
    }
  }
  return { acknowledged, tooEarly, synced }
}

/** Runs the store under strace for so many rounds of work. */
export function traceStore(rounds: number, synchronous: 'FULL' | 'OFF'): Trace {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-trace-'))
  const log = join(dir, 'calls.log')
  try {
    const files = [
      '--import',
      join(import.meta.dirname, '../support/sql-text.ts'),
      join(import.meta.dirname, 'victim.ts'),
    ]
    const victim = [process.execPath, ...files, dir, '0', String(rounds), synchronous]
    execFileSync('strace', ['-f', '-y', '-s', '16', '-e', `trace=${CALLS}`, '-o', log, ...victim], { stdio: 'pipe' })
    return readTrace(readFileSync(log, 'utf8').split('\n'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
