/**
 * `npm run simulate -- --ops N --seed S`: plays seeded worlds, then the same with each planted bug, and prints
 * what broke with the seed that shows it again; the last line is JSON. The same seed replays the same world.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isCaught, plantedBugs } from './planted-bugs.ts'
import { createIds, createRandom } from './random.ts'
import { startSimCentral } from './sim-central.ts'
import { playWorld, time } from './world.ts'

const OPS_A_WORLD = 400
const OPS_A_BUG = 4_000

const { values } = parseArgs({
  options: {
    ops: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    'until-broken': { type: 'boolean', default: false },
    'no-bugs': { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
})
const ops = Number(values.ops)
const first = Number(values.seed)

let caught = 0

/** Each planted bug in a process of its own, beside the worlds that are played here. */
async function plantBugs(): Promise<void> {
  const left = [...plantedBugs]
  const work = async () => {
    for (let bug = left.shift(); bug !== undefined; bug = left.shift()) {
      if (await isCaught(bug, OPS_A_BUG, first)) caught += 1
      else console.log(`not caught: ${bug.name}`)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism() - 1) }, work))
}

const planting = values['no-bugs'] ? Promise.resolve() : plantBugs()
const random = createRandom(first)
const central = await startSimCentral(
  () => time.now,
  createIds(random, () => time.now),
)
const points = new Set<string>()
let violations = 0
let played = 0
let seeds = 0
while (played < ops && !(values['until-broken'] && violations > 0)) {
  const seed = first + seeds
  const world = await playWorld(
    central,
    seed,
    Math.min(OPS_A_WORLD, ops - played),
    values.trace ? console.log : undefined,
  )
  played += world.ops
  seeds += 1
  for (const point of world.crashPoints) points.add(point)
  for (const what of world.violations) {
    violations += 1
    if (violations <= 20) console.log(`seed ${seed}: ${what}`)
  }
}
for (const point of central.diedAt) points.add(`central: ${point}`)
await central.close()

await planting
const bugs = values['no-bugs'] ? {} : { plantedBugsCaught: `${caught}/${plantedBugs.length}` }
const ok = violations === 0 && (values['no-bugs'] || caught === plantedBugs.length)
console.log(JSON.stringify({ ok, ops: played, seeds, crashPoints: points.size, violations, ...bugs }))
process.exitCode = ok ? 0 : 1
