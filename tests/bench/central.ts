/** What a node of central takes in, what its desks cost it, and what one of them can do to the others. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Sql } from 'postgres'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { must } from '../../shared/errors.ts'
import { BATCH, type Mutation } from '../../shared/sync/protocol.ts'
import { isWanted, leastFigure, median, percentile, plainFigure, type Figure } from './figures.ts'
import { gatherCrowd } from './support/crowd.ts'
import { copyIn, createFloor, emptyFloor, takeOut, type CopyBatch, type FloorKind } from './support/floor-copy.ts'
import { onGround, progress, type Ground } from './support/ground.ts'
import { callFacts, many, newCase, pieces } from './support/mutations.ts'
import { costOf, type Cost } from './support/process-cost.ts'
import { readyBatch, type ReadyAnswer } from './support/ready-batch.ts'
import { enrolDesk, postJson, type ThinDesk } from './support/thin-desk.ts'

const DEVICES = 4
/** So many batches of each device a round: of one each, all would be read at once, and all written at once. */
const BATCHES_EACH = 5
const INTAKES = 8
/** In its first seconds a node compiles what it runs often: these rounds are not counted. */
const WARM_INTAKES = 3
/** The floor's batch, as it was set; central's own is BATCH. */
const FLOOR_BATCH = 1000
/** It is over in milliseconds: once says little. */
const FLOOR_TIMES = 5
const DESKS = Number(process.env['SANXIN_BENCH_DESKS'] ?? 500)
const WINDOW_MS = 30_000
/** One change in this many seconds, at each desk. */
const CHANGE_EVERY_S = 200
const WARM_UP = 300
const OTHERS = 6
const FLOODS = 5
const FLOOD_MS = 6_000
const PAUSE_MS = 200

const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))

setFlagsFromString('--expose-gc')
/** Collects the bench's own garbage, so that it does so neither beside central nor beside the floor. */
const collect = runInNewContext('gc') as () => void

/** How long the COPY of these batches takes, in ms. */
async function copyAll(sql: Sql, batches: readonly CopyBatch[], kind: FloorKind): Promise<number> {
  const times: number[] = []
  collect()
  for (let time = 0; time < FLOOR_TIMES; time++) {
    await emptyFloor(sql, kind)
    const began = performance.now()
    for (const batch of batches) await copyIn(sql, batch, kind)
    times.push(performance.now() - began)
  }
  return median(times)
}

/** How long, in ms, until the index of words stands where the feed does: the floor is not measured beside it. */
async function wordsFollow(sql: Sql): Promise<number> {
  const began = performance.now()
  for (;;) {
    const { count } = await sql`select from feed where seq > (select seq from case_words_head) limit 1`
    if (count === 0) return performance.now() - began
    await wait(20)
  }
}

/** All was applied, and each new case came back whole. */
function checkAnswers(sent: readonly Mutation[], got: readonly ReadyAnswer[]): void {
  const answers = got.flatMap((answer) => answer.answers)
  must(answers.length === sent.length || null, 'all answered')
  must(answers.every(({ status }) => status === 'applied') || null, 'all applied')
  const opened = sent.flatMap(({ body }) =>
    body.kind === 'case' && body.command.type === 'case.open' ? [body.command.caseId] : [],
  )
  const told = new Set(
    got.flatMap((answer) => answer.changes()).flatMap((one) => (one.kind === 'case' ? [one.caseId] : [])),
  )
  must(opened.every((caseId) => told.has(caseId)) || null, 'all told')
}

/**
 * Mutations a second: what several devices send at once, against the rows that came of it by COPY into tables with
 * central's own keys and indexes; the note says it against tables without any, too.
 */
async function benchIntake(
  sql: Sql,
  desks: readonly ThinDesk[],
  what: string,
  make: (desk: ThinDesk) => readonly Mutation[],
): Promise<Figure> {
  const rates: number[] = []
  const floors: Record<FloorKind, number[]> = { bare: [], indexed: [] }
  for (let round = 0; round < INTAKES; round++) {
    const made = desks.map((desk) => ({
      desk,
      batches: pieces(
        many(BATCHES_EACH * BATCH, () => make(desk)),
        BATCH,
      ).map(readyBatch),
    }))
    collect()
    const began = performance.now()
    const took = await Promise.all(
      made.map(async ({ desk, batches }) => {
        const taken: ReadyAnswer[] = []
        for (const batch of batches) taken.push(await desk.push(batch))
        return taken
      }),
    )
    const ms = performance.now() - began
    const all = made.flatMap(({ batches }) => batches.flatMap(({ mutations }) => mutations))
    rates.push((all.length / ms) * 1000)
    checkAnswers(all, took.flat())
    const words = await wordsFollow(sql)

    const batches = await takeOut(sql, all, FLOOR_BATCH)
    for (const kind of ['bare', 'indexed'] as const)
      floors[kind].push((all.length / (await copyAll(sql, batches, kind))) * 1000)
    const last = (values: readonly number[]) => `${Math.round(values.at(-1) ?? 0)}/s`
    progress(
      `intake of ${all.length} (${what}, ${BATCH} a batch): ${last(rates)}; ` +
        `COPY: ${last(floors.indexed)}, without indexes ${last(floors.bare)}; the index of words stood ${Math.round(words)} ms later`,
    )
  }
  const name = `intake, ${what}, ${BATCH} a batch`
  const counted = (values: readonly number[]) => median(values.slice(WARM_INTAKES))
  const rate = counted(rates)
  const bare = counted(floors.bare)
  const note = `of COPY without indexes (${Math.round(bare)}/s) ${(rate / bare).toFixed(3)}`
  return { ...leastFigure(name, 'mutations/s', rate, counted(floors.indexed), 0.4), note }
}

/** Runs for one window; answers CPU seconds a minute, and memory at the end. */
async function measure(pid: number, run: () => Promise<unknown>): Promise<Cost> {
  const before = costOf(pid)
  const began = performance.now()
  await run()
  const after = costOf(pid)
  const minutes = (performance.now() - began) / 60_000
  return { ...after, cpuS: (after.cpuS - before.cpuS) / minutes }
}

const told = ({ cpuS, rssMb, pssMb }: Cost) =>
  `${cpuS.toFixed(1)} s CPU a minute, RSS ${rssMb.toFixed(0)} MB, PSS ${pssMb.toFixed(0)} MB`

/** One node with many desks, against the same process without them. */
async function benchDesks(ground: Ground, databaseUrl: string, first: string): Promise<Figure[]> {
  const crowd = await gatherCrowd(ground, first, DESKS)
  progress(`${DESKS} desks are enrolled`)
  const { url, child } = await ground.central(databaseUrl)
  const pid = must(child.pid, 'the node')
  // A process that has done nothing yet has neither compiled its code nor grown its heap.
  const warm = must(crowd.desks[0], 'a desk').at(url)
  for (let count = 0; count < WARM_UP; count++) await warm.sync()
  const aSecond = DESKS / CHANGE_EVERY_S

  const none = await measure(pid, () => crowd.change(url, aSecond, WINDOW_MS))
  progress(`0 desks, ${aSecond} changes/s: ${told(none)}`)
  const end = await crowd.connect(url)
  progress(`${DESKS} desks listen`)
  const idle = await measure(pid, () => wait(WINDOW_MS))
  progress(`${DESKS} desks, no changes: ${told(idle)}`)
  crowd.pulled()
  let changes: number[] = []
  const busy = await measure(pid, async () => (changes = await crowd.change(url, aSecond, WINDOW_MS)))
  progress(`${DESKS} desks, ${aSecond} changes/s: ${told(busy)}`)
  const pulls = crowd.pulled()
  progress(
    `${changes.length} changes, p99 ${percentile(changes, 0.99).toFixed(0)} ms; ` +
      `${pulls.length} pulls, p50 ${median(pulls).toFixed(0)} ms, p99 ${percentile(pulls, 0.99).toFixed(0)} ms`,
  )
  end()

  const each = (value: (cost: Cost) => number, unit: string, factor: number) => {
    const over = (cost: Cost) => (((value(cost) - value(none)) / DESKS) * factor).toFixed(1)
    return `a desk ${over(busy)} ${unit}, without changes ${over(idle)}`
  }
  const of = (name: string, unit: string, value: (cost: Cost) => number, note: string) => ({
    ...plainFigure(`${name}, ${DESKS} desks`, unit, value(busy), value(none)),
    note,
  })
  return [
    of(
      'CPU',
      's/min',
      ({ cpuS }) => cpuS,
      each(({ cpuS }) => cpuS, 'ms/min', 1000),
    ),
    of(
      'RSS',
      'MB',
      ({ rssMb }) => rssMb,
      each(({ rssMb }) => rssMb, 'kB', 1024),
    ),
    of(
      'PSS',
      'MB',
      ({ pssMb }) => pssMb,
      each(({ pssMb }) => pssMb, 'kB', 1024),
    ),
  ]
}

/** The p99 of what some desks are answered while another floods, against that while it rests, in turns. */
async function benchFlood(ground: Ground, url: string): Promise<Figure> {
  const others: ThinDesk[] = []
  for (let index = 0; index < OTHERS; index++) others.push(await enrolDesk(url))
  const bad = await enrolDesk(url)
  const credentials = { staffNo: '1008', password: DEMO_PASSWORD, storeId: bad.storeId }
  const { session } = (await (await postJson(url, '/sign-in', credentials, bad.device)).json()) as { session: string }
  const flooder = ground.helper('flooder.ts', [url, bad.device, bad.storeId, session])
  await flooder.said('ready')
  let counts: unknown = {}
  let calmAgain = () => {}
  flooder.on((said) => {
    if (said.event !== 'flooded') return
    counts = said['counts']
    calmAgain()
  })

  const work = async (): Promise<number[]> => {
    const took: number[] = []
    const until = performance.now() + FLOOD_MS
    await Promise.all(
      others.map(async (desk, index) => {
        await wait((index / OTHERS) * PAUSE_MS)
        while (performance.now() < until) {
          const before = performance.now()
          await desk.sync(newCase(desk.deskCode).mutations)
          took.push(performance.now() - before)
          await wait(PAUSE_MS)
        }
      }),
    )
    return took
  }
  const [calm, flooded]: [number[], number[]] = [[], []]
  await work()
  for (let round = 0; round < FLOODS; round++) {
    calm.push(...(await work()))
    flooder.tell({ do: 'flood' })
    flooded.push(...(await work()))
    const rested = new Promise<void>((resolve) => (calmAgain = resolve))
    flooder.tell({ do: 'rest' })
    // What it sent last is still being answered.
    await rested
  }
  progress(`the flood was answered: ${JSON.stringify(counts)}`)
  const of = (all: readonly number[]) => `${all.length} answers, p50 ${median(all).toFixed(0)} ms`
  progress(`calm: ${of(calm)}; in the flood: ${of(flooded)}`)
  const figure = plainFigure('others’ /sync in a flood, p99', 'ms', percentile(flooded, 0.99), percentile(calm, 0.99))
  return { ...figure, note: `p50 ${median(flooded).toFixed(0)} ms, without ${median(calm).toFixed(0)} ms` }
}

/** `npm run bench -- central`. */
export function benchCentral(): Promise<Figure[]> {
  return onGround([], async (ground) => {
    const databaseUrl = await ground.database('central')
    const { url } = await ground.central(databaseUrl)
    const sql = ground.sql(databaseUrl)
    await createFloor(sql)
    await createFloor(sql, 'indexed')
    const desks: ThinDesk[] = []
    for (let index = 0; index < DEVICES; index++) desks.push(await enrolDesk(url))
    const figures: Figure[] = []
    if (isWanted('cases'))
      figures.push(await benchIntake(sql, desks, 'cases', ({ deskCode }) => newCase(deskCode).mutations))
    if (isWanted('facts')) figures.push(await benchIntake(sql, desks, 'facts of calls', () => callFacts()))
    if (isWanted('flood')) figures.push(await benchFlood(ground, url))
    if (isWanted('desks')) figures.push(...(await benchDesks(ground, databaseUrl, url)))
    return figures
  })
}
