/**
 * `npm run simulate -- --ops N --seed S`: plays seeded worlds, then the same with each planted bug, and prints
 * what broke with the seed that shows it again; the last line is JSON. The same seed replays the same world,
 * in however many processes (`--jobs J`) they are played.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plantedBugs } from './planted-bugs.ts'
import { OPS_A_SMALL_WORLD, OPS_A_WORLD, type Outcome, type Task } from './task.ts'
import { playShared } from './players.ts'
import { prepareCentral } from './ready-central.ts'

const OPS_A_BUG = 8_000
const MOST_SAID = 20

const { values } = parseArgs({
  options: {
    ops: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    'until-broken': { type: 'boolean', default: false },
    'most-desks': { type: 'string', default: '50' },
    'no-bugs': { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
})
const ops = Number(values.ops)
const first = Number(values.seed)
const say = (line: string) => void process.stdout.write(`${line}\n`)

const worlds = Array.from({ length: Math.ceil(ops / OPS_A_WORLD) }, (_, index) => ({
  kind: 'world' as const,
  seed: first + index,
  ops: Math.min(OPS_A_WORLD, ops - index * OPS_A_WORLD),
  mostDesks: Number(values['most-desks']),
  trace: values.trace,
}))
const bugs = values['no-bugs']
  ? []
  : plantedBugs.map(({ name }) => ({ kind: 'bug' as const, name, seed: first, ops: OPS_A_BUG }))

// The worlds first: those that take longest, of many desks, shall not be what all wait for at the end.
const waiting: Task[] = [...worlds, ...bugs]
const outcomes = new Map<Task, Outcome>()
const steps = new Map<Task, string[]>()
let told = 0
let violations = 0
let caught = 0

/** Whatever came of a world is told in the order of the seeds, whoever was through with it first. */
function tell(): void {
  for (let world = worlds[told]; world !== undefined; world = worlds[told]) {
    for (const step of steps.get(world)?.splice(0) ?? []) say(step)
    const outcome = outcomes.get(world)
    if (outcome === undefined) return
    for (const what of outcome.violations) {
      violations += 1
      if (violations <= MOST_SAID) say(`seed ${world.seed}: ${what}`)
    }
    told += 1
    if (values['until-broken'] && violations > 0) {
      worlds.length = told
      waiting.length = 0
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'sanxin-simulation-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const central = join(folder, 'central.tar')
await prepareCentral(central)
await playShared(Number(values.jobs), central, {
  next: () => waiting.shift(),
  step: (task, step) => {
    steps.set(task, [...(steps.get(task) ?? []), step])
    tell()
  },
  done: (task, outcome) => {
    outcomes.set(task, outcome)
    if (task.kind === 'world') return tell()
    if (outcome.violations.length === 0) return say(`not caught: ${task.name}`)
    caught += 1
    const known = plantedBugs.find(({ name }) => name === task.name)
    // Its own world is the first that is played: whatever was played beyond it was needed.
    if (outcome.ops > (known?.ops ?? OPS_A_SMALL_WORLD))
      say(`caught by the world of seed ${outcome.seed}, no longer ${known?.seed}: ${task.name}`)
  },
})

const played = worlds.flatMap((world) => outcomes.get(world) ?? [])
const ok = violations === 0 && caught === bugs.length
say(
  JSON.stringify({
    ok,
    ops: played.reduce((sum, one) => sum + one.ops, 0),
    seeds: played.length,
    crashPoints: new Set(played.flatMap(({ crashPoints }) => crashPoints)).size,
    violations,
    ...(values['no-bugs'] ? {} : { plantedBugsCaught: `${caught}/${bugs.length}` }),
  }),
)
process.exitCode = ok ? 0 : 1
