/**
 * `npm run simulate -- --ops N --seed S`: plays seeded worlds, then the same with each planted bug, and prints
 * what broke with the seed that shows it again; the last line is JSON. The same seed replays the same world.
 * `--jobs J` shares the worlds out among J processes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isCaught, plantedBugs } from './planted-bugs.ts'
import { play, playShared } from './play.ts'
import { prepareCentral } from './ready-central.ts'

const OPS_A_BUG = 8_000

const { values } = parseArgs({
  options: {
    ops: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    'until-broken': { type: 'boolean', default: false },
    'most-desks': { type: 'string', default: '50' },
    'no-bugs': { type: 'boolean', default: false },
    /** Prints the crash points by name, for who adds them up. */
    points: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    /** A database that is ready, of whoever shares its worlds out; otherwise one is made. */
    central: { type: 'string' },
  },
})
const ops = Number(values.ops)
const first = Number(values.seed)
const jobs = Number(values.jobs)
const own = values.central === undefined ? mkdtempSync(join(tmpdir(), 'sanxin-simulation-')) : null
const central = values.central ?? join(own ?? '', 'central.tar')
if (own !== null) {
  process.on('exit', () => rmSync(own, { recursive: true, force: true }))
  await prepareCentral(central)
}
const say = (line: string) => void process.stdout.write(`${line}\n`)

let caught = 0
const left = values['no-bugs'] ? [] : [...plantedBugs]

/** Each planted bug in a process of its own, one after the other. */
async function plantBugs(): Promise<void> {
  for (let bug = left.shift(); bug !== undefined; bug = left.shift()) {
    if (await isCaught(bug, central, OPS_A_BUG, first)) caught += 1
    else say(`not caught: ${bug.name}`)
  }
}

// Beside the worlds that are played here, and in their place when they are through.
const planting = Array.from({ length: Math.max(1, availableParallelism() - jobs) }, plantBugs)
const { crashPoints, ...played } =
  jobs > 1
    ? await playShared(central, ops, first, jobs, say)
    : await play(central, ops, first, {
        untilBroken: values['until-broken'],
        mostDesks: Number(values['most-desks']),
        trace: values.trace,
        say,
      })
await Promise.all([...planting, plantBugs()])

const bugs = values['no-bugs'] ? {} : { plantedBugsCaught: `${caught}/${plantedBugs.length}` }
const ok = played.violations === 0 && (values['no-bugs'] || caught === plantedBugs.length)
const points = values.points ? crashPoints : crashPoints.length
say(
  JSON.stringify({
    ok,
    ops: played.ops,
    seeds: played.seeds,
    crashPoints: points,
    violations: played.violations,
    ...bugs,
  }),
)
process.exitCode = ok ? 0 : 1
