import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { electronPath, electronSwitches, settingsEnvironment } from '../../build/stack/app.ts'
import { demoOperator, startStack } from '../../build/stack/stack.ts'
import { median, ratioFigure, type Figure } from './figures.ts'

const ROUNDS = 5
/** How long an app is left alone before its memory is read. */
const SETTLE_MS = 3_000
const probe = join(import.meta.dirname, 'probe')

type Sample = { readonly startMs: number; readonly pssMb: number }

/** The process and everything it started, by /proc. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return []
      }
    })
  const found = [pid]
  for (const known of found) for (const child of parents) if (child.parent === known) found.push(child.pid)
  return found
}

/** Proportional set size in MB: shared pages are counted once over all processes that share them. */
function pssMb(pid: number): number {
  const kb = family(pid).map((one) => {
    try {
      return Number(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)?.[1] ?? 0)
    } catch {
      return 0
    }
  })
  return kb.reduce((sum, value) => sum + value, 0) / 1024
}

async function measure(app: string, env: Record<string, string>): Promise<Sample> {
  const switches = electronSwitches({ practice: true }).slice(1)
  const started = Date.now()
  const child = spawn(electronPath(), [probe, ...switches], {
    env: { ...process.env, ...env, PROBE_APP: app },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const at = await new Promise<number>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{"event":"ready"')) resolve((JSON.parse(line) as { at: number }).at)
      })
      child.once('exit', (code) => reject(new Error(`the app ended (${code}) before it was ready`)))
    })
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    return { startMs: at - started, pssMb: pssMb(child.pid ?? 0) }
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
  }
}

/** Start (to a signed-in, painted desk) and memory, against a hello-world on the same Electron, in turns. */
export async function benchStart(): Promise<Figure[]> {
  const stack = await startStack()
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-bench-'))
  const env = settingsEnvironment({
    central: stack.central.url,
    sip: [stack.exchange.url],
    dataDir: dir,
    ...demoOperator,
  })
  const app = join(import.meta.dirname, '../../out/main/index.js')
  const hello = join(probe, 'hello.mjs')
  const [ours, baseline]: [Sample[], Sample[]] = [[], []]
  try {
    await measure(app, env)
    await measure(hello, {})
    for (let round = 0; round < ROUNDS; round++) {
      baseline.push(await measure(hello, {}))
      ours.push(await measure(app, env))
    }
  } finally {
    await stack.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  const of = (samples: Sample[], key: keyof Sample) => median(samples.map((sample) => sample[key]))
  return [
    ratioFigure('start', 'ms', of(ours, 'startMs'), of(baseline, 'startMs'), 2.5),
    ratioFigure('memory (PSS)', 'MB', of(ours, 'pssMb'), of(baseline, 'pssMb'), 2),
  ]
}
