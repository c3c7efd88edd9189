/** Each write and each sync of the store fails once, and from then on for good: what it said stands, and it goes on. */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missing } from './standing.ts'
import { newFolder, preparedFolder, victim } from './victim-process.ts'

const ROUNDS = 1

type Fault = { readonly call: 'pwrite64' | 'fsync'; readonly errors: readonly ('EIO' | 'ENOSPC')[] }
/** Whether every call meets each error (in the soak), or one of them in turn. */
const isWhole = process.env['SANXIN_FAULTS'] === 'all'

function copyOf(prepared: string): string {
  const dir = newFolder()
  cpSync(prepared, dir, { recursive: true })
  return dir
}

/** Runs the store under strace with more options; answers what it said on its standard output. */
function run(dir: string, env: NodeJS.ProcessEnv, ...options: readonly string[]): string[] {
  const traced = [...options, process.execPath, ...victim, dir, '1', String(ROUNDS)]
  // By the filter it stops at the calls that it is to see, not at all.
  const strace = ['-f', '-qq', '--seccomp-bpf', '-o', join(dir, 'calls.log')]
  const ran = spawnSync('strace', [...strace, ...traced], { encoding: 'utf8', env })
  return ran.stdout.trim().split('\n').filter(Boolean)
}

/** How often the store makes this call in undisturbed work. */
function countCalls(prepared: string, env: NodeJS.ProcessEnv, call: Fault['call']): number {
  const dir = copyOf(prepared)
  run(dir, env, '-e', `trace=${call}`)
  return readFileSync(join(dir, 'calls.log'), 'utf8').split(`${call}(`).length - 1
}

test.each<Fault>([
  { call: 'pwrite64', errors: ['EIO', 'ENOSPC'] },
  { call: 'fsync', errors: ['EIO'] },
])(
  'S6.7 an error at every $call ($errors): refused by its code, nothing said that does not stand',
  async ({ call, errors }) => {
    const { dir: prepared, env } = preparedFolder()
    const count = countCalls(prepared, env, call)
    expect(count).toBeGreaterThanOrEqual(ROUNDS * 3)
    let refused = 0
    const faults = Array.from({ length: count }, (_, at) => {
      // Now a passing fault, now a disk that stays broken; of the errors one in turn.
      const when = at % 2 ? `${at + 1}+` : `${at + 1}`
      return errors
        .filter((_error, nth) => isWhole || nth === (at >> 1) % errors.length)
        .map((error) => ({ when, error }))
    }).flat()
    for (const { when, error } of faults) {
      const dir = copyOf(prepared)
      const heard = run(dir, env, '-e', `inject=${call}:error=${error}:when=${when}`, '-e', `trace=${call}`)
      const refusals = heard.filter((line) => line.startsWith('refused '))
      refused += refusals.length
      expect(heard.at(-1), `${error} ${when}`).toBe('done')
      expect(refusals.filter((line) => !/ (diskFull|diskFailed) /.test(line))).toEqual([])
      const said = heard.filter((line) => /^(fact|draft|case) /.test(line))
      expect(await missing(dir, said), `${error} ${when}`).toEqual([])
    }
    expect(refused).toBeGreaterThan(0)
  },
)
