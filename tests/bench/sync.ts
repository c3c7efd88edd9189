/** What a desk and central exchange, each against the least that carries the same: replication, COPY, a broadcast. */
import type { Sql } from 'postgres'
import { DEMO_ENROLMENT, DEMO_PASSWORD } from '../../central/people/demo.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import { BATCH, type Mutation } from '../../shared/sync/protocol.ts'
import { uuidv7 } from 'uuidv7'
import { benchArticles } from './articles.ts'
import { isWanted, median, ratioFigure, type Figure } from './figures.ts'
import { copyIn, createFloor, emptyFloor, takeOut } from './support/floor-copy.ts'
import { inTurns } from './support/first-pull.ts'
import { replicate } from './support/floor-replication.ts'
import { onGround, progress, type Ground } from './support/ground.ts'
import { openRing } from './support/live-ring.ts'
import { many, newCase, pieces } from './support/mutations.ts'
import { openStoreDesk } from './support/store-desk.ts'
import { caseTexts } from './support/texts.ts'
import { enrolDesk, type ThinDesk } from './support/thin-desk.ts'

const CASES = 2_000
/** An index of 100,000 articles is built three times. */
const PATIENCE_MS = 20 * 60_000
const PULLS = 20
const PUSHES = 4
const PUSHED_CASES = 500
/** The floor's batch, as it was set; central's own is BATCH. */
const FLOOR_BATCH = 50
const LINKS = 60
const CHANGES = 25
/** A node that has just been started compiles what it runs; the floor is warmed by as many. */
const WARM_UP = 40
/** Requests on the way at once while a bench fills central. */
const AT_ONCE = 4

const ms = (value: number) => `${Math.round(value)} ms`

/** Fills central with a desk's cases, several requests at once. */
async function fillCases(desk: ThinDesk, count: number): Promise<void> {
  const batches = pieces(
    many(2 * count, () => newCase(desk.deskCode).mutations),
    BATCH,
  )
  const work = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) await desk.sync(batch)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function benchCases(ground: Ground, url: string, databaseUrl: string, sql: Sql): Promise<Figure> {
  const desk = await enrolDesk(url)
  await fillCases(desk, CASES)
  progress(`${CASES} cases stand at central`)
  const sources = [
    { table: 'case_events', key: 'case_id, revision' },
    { table: 'callers', key: 'caller_id' },
  ]
  const floor = await replicate(sql, databaseUrl, sources, BATCH)
  const { pull, floor: least } = await inTurns(ground, url, { as: desk, floor, rounds: PULLS })
  return ratioFigure(`first pull, ${CASES} cases`, 'ms', pull, least, 2)
}

/** One desk, which works offline and then sends: a real store, signed in. */
async function benchPush(ground: Ground, url: string, sql: Sql): Promise<Figure> {
  await createFloor(sql)
  const dir = ground.folder()
  const desk = await openStoreDesk(url, dir)
  desk.goOnline()
  await desk.ask('device.enrol', { code: DEMO_ENROLMENT })
  await desk.ask('store.signIn', { staffNo: '1003', password: DEMO_PASSWORD })
  await desk.until((_status, more) => !more)
  const pending = desk.db.prepare<[], { mutation: string }>(
    `SELECT mutation FROM outbox WHERE state = 'pending' ORDER BY seq`,
  )
  const [pushes, floors]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < PUSHES; round++) {
      desk.goOffline()
      for (let index = 0; index < PUSHED_CASES; index++) {
        const form = formOf(round * PUSHED_CASES + index)
        await desk.ask('case.save', { caseId: uuidv7(), callId: null, form })
      }
      const made = pending.all().map(({ mutation }) => JSON.parse(mutation) as Mutation)
      const sent = desk.until(({ waiting }) => waiting === 0)
      const before = desk.waited()
      const began = performance.now()
      desk.goOnline()
      await sent
      pushes.push(performance.now() - began)
      const waited = desk.waited().ms - before.ms

      const batches = await takeOut(sql, made, FLOOR_BATCH)
      await emptyFloor(sql)
      const floorBegan = performance.now()
      for (const batch of batches) {
        await copyIn(sql, batch)
        await (await fetch(new URL('/health', url))).text()
      }
      floors.push(performance.now() - floorBegan)
      progress(
        `push of ${made.length}: ${ms(pushes.at(-1) ?? 0)} (${ms(waited)} of it waiting for central); ` +
          `COPY: ${ms(floors.at(-1) ?? 0)}`,
      )
    }
  } finally {
    await desk.close()
  }
  const name = `${2 * PUSHED_CASES} offline mutations pushed`
  return ratioFigure(name, 'ms', median(pushes.slice(1)), median(floors.slice(1)), 3)
}

function formOf(index: number): CaseForm {
  const { content, reply, phone, address } = caseTexts(index + 1_000_000)
  return {
    ...emptyForm(phone),
    kind: 'help',
    classification: '0101',
    district: '蓬江区',
    address,
    callerName: `来电人${index}`,
    content,
    replyMode: 'atOnce',
    reply,
  }
}

async function benchLive(ground: Ground, url: string): Promise<Figure> {
  const ring = await openRing(ground, url, LINKS)
  progress(`${LINKS} desks listen`)
  const [changes, floors]: [number[], number[]] = [[], []]
  for (let round = 0; round < WARM_UP + CHANGES; round++) {
    floors.push(await ring.floor())
    changes.push(await ring.change())
  }
  ring.close()
  progress(`a change on ${LINKS} desks: ${ms(median(changes))}; broadcast and one pull: ${ms(median(floors))}`)
  const name = `a change on the last of ${LINKS} desks, p50`
  return ratioFigure(name, 'ms', median(changes.slice(WARM_UP)), median(floors.slice(WARM_UP)), 3)
}

/** `npm run bench -- sync`. */
export function benchSync(): Promise<Figure[]> {
  return onGround(
    ['wal_level=logical'],
    async (ground) => {
      const databaseUrl = await ground.database('desks')
      const { url } = await ground.central(databaseUrl)
      const sql = ground.sql(databaseUrl)
      const figures: Figure[] = []
      if (isWanted('cases')) figures.push(await benchCases(ground, url, databaseUrl, sql))
      if (isWanted('push')) figures.push(await benchPush(ground, url, sql))
      if (isWanted('live')) figures.push(await benchLive(ground, url))
      if (isWanted('articles') || isWanted('index')) figures.push(...(await benchArticles(ground)))
      return figures
    },
    PATIENCE_MS,
  )
}
