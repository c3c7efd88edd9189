/** Plays worlds of consecutive seeds over one central, here or shared out among processes. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { time } from './course.ts'
import { createIds, createRandom } from './random.ts'
import { startSimCentral } from './sim-central.ts'
import { playWorld } from './world.ts'

export type Played = {
  readonly ops: number
  readonly seeds: number
  readonly crashPoints: readonly string[]
  readonly violations: number
}

type How = {
  readonly untilBroken: boolean
  readonly mostDesks: number
  readonly trace: boolean
  readonly say: (line: string) => void
}

const OPS_A_WORLD = 400
const MOST_SAID = 20

/** Plays `ops` steps from this seed on; says what broke with the seed that shows it again. */
export async function play(
  ready: string,
  ops: number,
  first: number,
  { untilBroken, mostDesks, trace, say }: How,
): Promise<Played> {
  const random = createRandom(first)
  const central = await startSimCentral(
    ready,
    () => time.now,
    createIds(random, () => time.now),
  )
  const points = new Set<string>()
  let [violations, played, seeds] = [0, 0, 0]
  const isOver = () => played >= ops || (untilBroken && violations > 0)
  while (!isOver()) {
    const seed = first + seeds
    const world = await playWorld(central, seed, {
      ops: Math.min(OPS_A_WORLD, ops - played),
      mostDesks,
      trace: trace ? say : undefined,
    })
    played += world.ops
    seeds += 1
    for (const point of world.crashPoints) points.add(point)
    for (const what of world.violations) {
      violations += 1
      if (violations <= MOST_SAID) say(`seed ${seed}: ${what}`)
    }
  }
  for (const point of central.diedAt) points.add(`central: ${point}`)
  await central.close()
  return { ops: played, seeds, crashPoints: [...points], violations }
}

/** The same worlds, in as many processes: the seeds are shared out, whole worlds each. */
export async function playShared(
  ready: string,
  ops: number,
  first: number,
  jobs: number,
  say: How['say'],
): Promise<Played> {
  const worlds = Math.ceil(ops / OPS_A_WORLD)
  const share = Math.ceil(worlds / jobs)
  const parts = Array.from({ length: jobs }, (_, job) => {
    const before = job * share
    return { seed: first + before, ops: Math.min(share * OPS_A_WORLD, ops - before * OPS_A_WORLD) }
  }).filter((part) => part.ops > 0)
  const played = await Promise.all(parts.map((part) => playElsewhere(ready, part, say)))
  return {
    ops: played.reduce((sum, one) => sum + one.ops, 0),
    seeds: played.reduce((sum, one) => sum + one.seeds, 0),
    crashPoints: [...new Set(played.flatMap(({ crashPoints }) => crashPoints))],
    violations: played.reduce((sum, one) => sum + one.violations, 0),
  }
}

function playElsewhere(ready: string, { seed, ops }: { seed: number; ops: number }, say: How['say']): Promise<Played> {
  const files = ['../support/sql-text.ts', 'main.ts'].map((file) => join(import.meta.dirname, file))
  const args = ['--import', ...files, '--central', ready, '--ops', String(ops), '--seed', String(seed)]
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...args, '--no-bugs', '--points'],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const lines = stdout.trim().split('\n')
        const last = lines.pop() ?? ''
        for (const line of lines) say(line)
        if (last.startsWith('{')) resolve(JSON.parse(last) as Played)
        else
          reject(new Error(`worlds from seed ${seed} did not run: ${stderr.slice(0, 400) || (error?.message ?? '')}`))
      },
    )
  })
}
