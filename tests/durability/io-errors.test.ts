/** Each write and each sync of the store fails once, and from then on for good: what it said stands, and it goes on. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { missing } from './standing.ts'

const ROUNDS = 1
const victim = ['--import', join(import.meta.dirname, '../support/sql-text.ts'), join(import.meta.dirname, 'victim.ts')]

type Fault = { readonly call: 'pwrite64' | 'fsync'; readonly error: 'EIO' | 'ENOSPC' }

function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-io-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A folder whose file is made, so that the faults fall on the work and not on the making. */
function preparedFolder(): string {
  const dir = newFolder()
  execFileSync(process.execPath, [...victim, dir, '0', '1'], { stdio: 'pipe' })
  return dir
}

function copyOf(prepared: string): string {
  const dir = newFolder()
  cpSync(prepared, dir, { recursive: true })
  return dir
}

/** Runs the store under strace with more options; answers what it said on its standard output. */
function run(dir: string, ...options: readonly string[]): string[] {
  const traced = [...options, process.execPath, ...victim, dir, '1', String(ROUNDS)]
  const ran = spawnSync('strace', ['-f', '-qq', '-o', join(dir, 'calls.log'), ...traced], { encoding: 'utf8' })
  return ran.stdout.trim().split('\n').filter(Boolean)
}

/** How often the store makes this call in undisturbed work. */
function countCalls(prepared: string, call: Fault['call']): number {
  const dir = copyOf(prepared)
  run(dir, '-e', `trace=${call}`)
  return readFileSync(join(dir, 'calls.log'), 'utf8').split(`${call}(`).length - 1
}

test.each<Fault>([
  { call: 'pwrite64', error: 'EIO' },
  { call: 'pwrite64', error: 'ENOSPC' },
  { call: 'fsync', error: 'EIO' },
])(
  'S6.7 $error at every $call: refused by its code, nothing said that does not stand',
  async ({ call, error }) => {
    const prepared = preparedFolder()
    const count = countCalls(prepared, call)
    expect(count).toBeGreaterThanOrEqual(ROUNDS * 3)
    let refused = 0
    for (let n = 1; n <= count; n++) {
      const dir = copyOf(prepared)
      // Now a passing fault, now a disk that stays broken.
      const when = n % 2 ? `${n}` : `${n}+`
      const heard = run(dir, '-e', `inject=${call}:error=${error}:when=${when}`, '-e', `trace=${call}`)
      const refusals = heard.filter((line) => line.startsWith('refused '))
      refused += refusals.length
      expect(heard.at(-1), `fault ${when}`).toBe('done')
      expect(refusals.filter((line) => !/ (diskFull|diskFailed) /.test(line))).toEqual([])
      const said = heard.filter((line) => /^(fact|draft|case) /.test(line))
      expect(await missing(dir, said), `fault ${when}`).toEqual([])
    }
    expect(refused).toBeGreaterThan(0)
  },
  300_000,
)
