/** A run under load: Asterisk, central on PostgreSQL, several real desks, and a crowd that calls. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import postgres, { type Sql } from 'postgres'
import { onTestFinished } from 'vitest'
import type { Hearing } from '../../../build/pbx/hearing.ts'
import { startPbx, type Pbx } from '../../../build/pbx/pbx.ts'
import { launchApp, phoneStats, type DrivenApp } from '../../../build/stack/drive.ts'
import { freshDemo } from '../../../build/stack/loaded-demo.ts'
import { AS_LOADED, demoOperator, startCentral, type Stack } from '../../../build/stack/stack.ts'
import { writeTone } from '../../../build/stack/tone.ts'
import { demoPeople } from '../../../central/people/demo.ts'
import { freshFolder, readyDesk } from '../../e2e/fixture.ts'
import { queueCodes } from '../rows/queue-codes.ts'
import { keepAccount } from './account.ts'
import { centralFacts, centralStatuses, deskFacts, queueCalls, queueMembers } from './books.ts'
import { driveDesk, type BusyDesk } from './busy-desk.ts'
import { openCrowd, type Crowd, type CrowdOptions } from './crowd.ts'
import { faultsOf, type Course } from './course.ts'

/** How much of it. */
export type Load = { readonly citizens: number; readonly desks: number; readonly seconds: number }

type Place = { readonly pbx: Pbx; readonly central: Stack['central']; readonly sql: Sql }
/** A desk that is ready, before anybody drives it. */
type OpenSeat = { readonly app: DrivenApp; readonly page: Page; readonly dataDir: string; readonly hz: number }
type Seat = OpenSeat & { readonly desk: BusyDesk }

/** What came of it: no faults where all is well. */
export type Outcome = { readonly course: Course; readonly faults: readonly string[]; readonly events: Hearing }

/** Above all citizens' tones. */
const FIRST_HZ = 1000
const STEP_HZ = 150
/** For how long the last facts may be on their way. */
const SETTLE_MS = 30_000

async function openPlace(): Promise<Place> {
  const databaseUrl = await freshDemo()
  const [central, pbx] = await Promise.all([
    startCentral({ databaseUrl, central: AS_LOADED }),
    startPbx({
      endpoints: demoPeople.map(({ line }) => ({ ...line, kind: 'desk' as const })),
      ringSeconds: 20,
    }),
  ])
  onTestFinished(async () => {
    await Promise.all([central.child.stop(), pbx.stop()])
  })
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  onTestFinished(() => sql.end())
  return { pbx, central, sql }
}

/** One after the other: each start, and each sign-in, takes all of a machine. */
async function openSeats(place: Place, count: number): Promise<OpenSeat[]> {
  const seats: OpenSeat[] = []
  for (let at = 0; at < count; at++) {
    const dataDir = join(freshFolder(), 'desk')
    mkdirSync(dataDir)
    const [hz, tone] = [FIRST_HZ + STEP_HZ * at, join(dataDir, 'operator.wav')]
    writeTone(tone, hz)
    const sip = [place.pbx.wsUrl]
    const { enrolment, password } = demoOperator
    const who = { staffNo: demoPeople[at]?.staffNo ?? '', password, enrolment }
    const app = await launchApp({
      settings: { central: place.central.url, sip, dataDir, ringSound: false, ...queueCodes, ...who },
      fakeMicrophone: tone,
    })
    onTestFinished(() => app.close().catch(() => undefined))
    seats.push({ app, page: await readyDesk(app), dataDir, hz })
  }
  return seats
}

async function courseNow({ pbx, sql }: Place, seats: readonly Seat[], crowd: Crowd, events: Hearing): Promise<Course> {
  const [central, said, members] = await Promise.all([centralFacts(sql), centralStatuses(sql), queueMembers(pbx.ami)])
  return {
    citizens: crowd.calls,
    queue: queueCalls(events),
    central,
    desks: seats.flatMap(({ dataDir }) => deskFacts(dataDir)),
    statuses: seats.map(({ desk: { staffNo, seen } }) => ({
      staffNo,
      desk: seen().status,
      central: said.get(staffNo) ?? 'nothing',
      queue: members.get(staffNo) ?? 'out',
    })),
  }
}

/** Plays it; `meanwhile` is told of the desks' processes when the load is at its height. */
export async function runLoad(
  { citizens, desks, seconds }: Load,
  ways: Pick<CrowdOptions, 'talkMs' | 'pauseMs' | 'patienceMs' | 'firstMs' | 'seed'>,
  meanwhile: (place: Place, apps: readonly DrivenApp[]) => Promise<void> = async () => undefined,
): Promise<Outcome> {
  const place = await openPlace()
  const events = place.pbx.ami.listen()
  const account = keepAccount(events, place.pbx.ami)
  const opened = await openSeats(place, desks)
  const crowd = await openCrowd({ sipPort: place.pbx.sipPort, size: citizens, ...ways })
  const seats = await Promise.all(
    opened.map(async (seat, at): Promise<Seat> => {
      return { ...seat, desk: await driveDesk(seat.page, demoPeople[at]?.staffNo ?? '', seat.hz, crowd) }
    }),
  )
  const failed = Promise.race(seats.map(({ desk }) => desk.failed)).catch(async (error: unknown) => {
    const now = await Promise.all(
      seats.map(async ({ desk, page }) => {
        const { number, phase } = desk.seen()
        const stats = phase === 'talking' ? await phoneStats(page).catch(() => null) : null
        const said = number === '' ? '' : await account.of(number, 3)
        return [desk.staffNo, JSON.stringify(desk.seen()), JSON.stringify(stats), said].join('\n')
      }),
    )
    console.log(now.join('\n\n'))
    throw error
  })
  // The length of the load is what it is about.
  await Promise.race([failed, pass(seconds * 1000)])
  await meanwhile(
    place,
    opened.map(({ app }) => app),
  )
  await Promise.race([failed, crowd.endOfCalls()])
  await Promise.all(
    seats.map(({ desk }) => desk.until(({ status, queue }) => status === 'ready' && queue === 'agreed')),
  )
  for (const { desk } of seats) desk.rest()

  const patience = performance.now() + SETTLE_MS
  for (;;) {
    const course = await courseNow(place, seats, crowd, events)
    const faults = faultsOf(course)
    // The last facts are on their way for a moment; a fault that stays is one.
    if (faults.length === 0 || performance.now() > patience) return { course, faults, events }
    await pass(200)
  }
}
