/**
 * A process that plays what it is handed, one after the other: worlds, or worlds with a bug planted until one shows it.
 * Its argument is the file of a ready central (see ready-central.ts).
 */
import { must } from '../../shared/errors.ts'
import { openPlay, type Play } from './play.ts'
import { plantedBugs, type Bug } from './planted-bugs.ts'
import { importPlanted } from './planted-sources.ts'
import { loadCentral } from './ready-central.ts'
import {
  OPS_A_SMALL_WORLD,
  OPS_A_WORLD,
  type BugTask,
  type Outcome,
  type Said,
  type Task,
  type WorldTask,
} from './task.ts'

/** A world of few desks shows a bug as well, and is played in a fraction of the time. */
const MOST_DESKS_FOR_A_BUG = 5

// A database that was loaded keeps its process alive, also that of a run that was killed.
process.once('disconnect', () => process.exit())
const ready = await loadCentral(must(process.argv[2], 'the file of a ready central'))
let open: { readonly bug: Bug | null; readonly play: Play } | null = null

/** The sources as they are, or with this bug in them, over the one central that this process has. */
async function playOf(bug: Bug | null): Promise<Play> {
  if (open !== null && open.bug === bug) return open.play
  await open?.play.close()
  const sources = bug === null ? { openPlay } : ((await importPlanted(bug, 'play.ts')) as { openPlay: typeof openPlay })
  open = { bug, play: await sources.openPlay(ready) }
  return open.play
}

async function playWorld({ seed, ops, mostDesks, trace }: WorldTask): Promise<Outcome> {
  const { play } = await playOf(null)
  const { crashPoints, ...world } = await play(seed, {
    ops,
    mostDesks,
    trace: trace ? (step) => process.send?.({ step } satisfies Said) : undefined,
  })
  return { ...world, seed, crashPoints: [...crashPoints] }
}

async function lookFor({ name, seed: first, ops: most }: BugTask): Promise<Outcome> {
  const bug = must(
    plantedBugs.find((one) => one.name === name),
    'a bug of this name',
  )
  const { play } = await playOf(bug)
  let total = 0
  for (let turn = 0; ; turn++) {
    // The world that has shown it before, and after that those that come.
    const { seed, ops = OPS_A_SMALL_WORLD } = turn === 0 ? bug : { seed: first + turn - 1, ops: OPS_A_WORLD }
    const { violations } = await play(seed, { ops, mostDesks: MOST_DESKS_FOR_A_BUG })
    total += ops
    if (violations.length > 0 || total >= most) return { seed, ops: total, crashPoints: [], violations }
  }
}

process.on('message', (task: Task) => {
  const performed = task.kind === 'bug' ? lookFor(task) : playWorld(task)
  void performed.then((outcome) => process.send?.({ outcome } satisfies Said))
})
