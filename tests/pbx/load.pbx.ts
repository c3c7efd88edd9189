/**
 * Load: citizens by plain telephones in the queue of Asterisk, with sound, and real desks, each the whole app: for
 * statuses, facts and files are made by all of its processes together. Rules LD1 to LD6 stand in load/course.ts.
 */
import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { costOf } from '../bench/support/process-cost.ts'
import { median, percentile } from '../bench/figures.ts'
import type { DrivenApp } from '../../build/stack/drive.ts'
import { runLoad, type Load, type Outcome } from './load/run-load.ts'

/** What a desk in a call, its citizen and their part of the exchange take is a third of a core and more. */
const isSmall = availableParallelism() < 4
const forms: Readonly<Record<string, Load>> = {
  short: { citizens: 6, desks: 2, seconds: 15 },
  all: { citizens: 20, desks: 4, seconds: 300 },
  soak: { ...(isSmall ? { citizens: 30, desks: 5 } : { citizens: 60, desks: 8 }), seconds: 600 },
}
const form = process.env['SANXIN_PBX_LOAD'] ?? process.env['SANXIN_PBX_ROWS'] ?? 'short'
const load = forms[form] ?? forms['short']
const SEED = Number(process.env['SANXIN_SEED'] ?? 12345)
const START_MS = 180_000

/** CPU seconds and proportional memory of all that runs, in one line. */
async function printCosts(pids: Readonly<Record<string, readonly (number | undefined)[]>>): Promise<void> {
  const costs = Object.entries(pids).map(([name, each]) => {
    const all = each.map((pid) => costOf(pid ?? process.pid))
    const sum = (of: 'cpuS' | 'pssMb') => Math.round(all.reduce((total, cost) => total + cost[of], 0))
    return [name, { cpuS: sum('cpuS'), pssMb: sum('pssMb') }]
  })
  console.log(JSON.stringify({ costs: Object.fromEntries(costs) }))
}

async function pidsOf(app: DrivenApp): Promise<number[]> {
  return app.electron.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid))
}

function printCourse({ course, events, faults }: Outcome): void {
  const ends = (end: string) => course.citizens.filter((call) => call.end === end).length
  const connects = events.all('AgentConnect')
  const ringS = connects.map(({ RingTime }) => Number(RingTime))
  const waitS = connects.map(({ HoldTime }) => Number(HoldTime))
  console.log(
    JSON.stringify({
      load,
      calls: course.citizens.length,
      connected: connects.length,
      gaveUp: ends('gaveUp'),
      hungUpByCitizen: ends('hungUp'),
      hungUpByOperator: course.citizens.filter(({ end, spokeWith }) => end === 'operatorHungUp' && spokeWith.length > 0)
        .length,
      ringsWithoutAnswer: events.all('AgentRingNoAnswer').length,
      waitS: { median: median(waitS), p95: percentile(waitS, 0.95) },
      ringS: { median: median(ringS), p95: percentile(ringS, 0.95) },
      facts: course.central.length,
      faults,
    }),
  )
}

test(
  `load: ${load?.citizens} citizens and ${load?.desks} desks for ${load?.seconds} s: no call is lost or answered twice, and all say the same (LD1–LD6)`,
  { timeout: START_MS + (load?.seconds ?? 0) * 2000 },
  async () => {
    if (load === undefined) throw new Error('no such load')
    const outcome = await runLoad(
      load,
      {
        talkMs: [1_500, 6_000],
        pauseMs: [500, 4_000],
        patienceMs: [500, 12_000],
        firstMs: load.citizens * 250,
        seed: SEED,
      },
      async ({ pbx, central }, apps) => {
        const desks = (await Promise.all(apps.map(pidsOf))).flat()
        await printCosts({ desks, asterisk: [pbx.pid], central: [central.child.pid], citizens: [process.pid] })
      },
    )
    printCourse(outcome)
    expect(outcome.faults).toEqual([])
    expect(outcome.course.queue.filter(({ connectedTo }) => connectedTo.length === 1).length).toBeGreaterThan(
      load.desks,
    )
    expect(outcome.course.citizens.some(({ end }) => end === 'gaveUp')).toBe(true)
  },
)
