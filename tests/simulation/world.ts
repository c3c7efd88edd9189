/** One seeded world: desks at work, a wire that fails, nodes that die; and the quiet in which it must all come right. */
import { must } from '../../shared/errors.ts'
import { createColleagues } from './colleague.ts'
import { createCourse, operators, time } from './course.ts'
import { tablesOf } from './desk-tables.ts'
import { violations } from './invariants.ts'
import { createLiveNetwork } from './live-network.ts'
import { createNetwork } from './network.ts'
import { unknownStatuses } from './statuses.ts'
import { createOperators } from './operator.ts'
import { createOracle } from './oracle.ts'
import { createIds, createRandom } from './random.ts'
import type { Backup, SimCentral } from './sim-central.ts'
import { openSimDesk, type SimDesk } from './sim-desk.ts'

export type World = { readonly violations: string[]; readonly ops: number; readonly crashPoints: Set<string> }

const DAY = 86_400_000
const HOUR = 3_600_000

type How = {
  readonly ops: number
  /** Two to fifty; the seed says how many there are, this how many at most. */
  readonly mostDesks: number
  /** Hears each step. */
  readonly trace?: ((line: string) => void) | undefined
}

/** Plays so many steps of one seed, lets it come to rest, and checks what must hold. */
export async function playWorld(
  central: SimCentral,
  seed: number,
  { ops, mostDesks, trace = () => {} }: How,
): Promise<World> {
  const random = createRandom(seed)
  time.now = Date.UTC(2026, 10, 23, 1) + random.int(DAY)
  const nextId = createIds(random, () => time.now)
  const oracle = createOracle()
  const crashPoints = new Set<string>()
  const network = createNetwork(random, (request) => central.handle(request, random))
  const liveNetwork = createLiveNetwork(random, () => central.dial(random))
  const desks: SimDesk[] = []
  let backup: Backup | null = null
  await central.reset(createIds(createRandom(~seed), () => time.now))
  // The engine's own dice are the seed's, too.
  const dice = Math.random
  Math.random = random.next

  const course = createCourse({ central, desks, network, liveNetwork, random, crashPoints })
  const { flush, signIn, signInSafely, sayStatus, enrol, pass, crash, safely, settle, comeToRest } = course

  const deskOf = () => must(random.pick(desks), 'a desk')

  const storeIdOf = (desk: SimDesk) => must(tablesOf(desk).meta.get('storeId'), 'storeId')

  /** A desk that central does not know gets another code from an administrator. */
  async function enrolUnknown(desk: SimDesk): Promise<void> {
    const answer = await desk.ask('device.state', null)
    if (answer.ok && answer.value.state !== 'enrolled') void enrol(desk)
  }

  const { somePhone, writeDraft, saveNew, editOwn, setClock, tellCall, settleCall, joinCall } = createOperators({
    random,
    oracle,
    nextId,
    now: () => time.now,
  })

  const { openElsewhere, editElsewhere, replyElsewhere, settleLate } = createColleagues({
    random,
    oracle,
    nextId,
    now: () => time.now,
    desks,
  })

  const acts: Record<string, readonly [weight: number, act: () => unknown]> = {
    draft: [8, () => writeDraft(deskOf(), random.chance(0.5))],
    save: [12, () => saveNew(deskOf())],
    edit: [10, () => editOwn(deskOf())],
    call: [8, () => tellCall(deskOf())],
    settle: [2, () => settleCall(deskOf())],
    // Not in each world: what is always among the acts leaves less room for the others (swarm testing).
    joinCall: [seed % 3 === 0 ? 4 : 0, () => joinCall(deskOf())],
    foreign: [5, () => editElsewhere(deskOf())],
    replyElsewhere: [6, () => replyElsewhere(deskOf())],
    settleLate: [6, () => settleLate(deskOf())],
    lostHour: [0.8, () => loseAnHour()],
    deliver: [30, () => network.deliver(random.int(network.waiting().length), false)],
    live: [8, () => liveNetwork.deliver()],
    cutLive: [4, () => liveNetwork.cut()],
    status: [3, () => sayStatus(deskOf())],
    ghost: [2, () => network.deliverGhost()],
    caller: [4, () => askForCaller(deskOf())],
    copy: [0.5, () => copyFile(deskOf())],
    night: [0.5, () => later(random.int(3 * DAY))],
    // What was asked for yesterday is over.
    dayLater: [2, () => dayLater()],
    month: [0.1, () => later(31 * DAY)],
    wait: [14, () => pass(random.chance(0.1) ? 60_000 : random.int(20_000))],
    crash: [3, () => crash(deskOf())],
    fillDisk: [1, () => deskOf().fillDisk()],
    freeDisk: [2, () => deskOf().freeDisk()],
    nodeDies: [3, () => central.dieAt(1 + random.int(40))],
    clock: [1, () => setClock(deskOf())],
    version: [1, () => (deskOf().versionSkew = random.int(3) - 1)],
    shift: [2, () => changeShift(deskOf())],
    revoke: [1, () => central.revoke(must(random.pick(operators), 'an operator').staffNo)],
    revokeDevice: [1, () => central.revokeDevice(storeIdOf(deskOf()))],
    enrol: [4, () => enrolUnknown(deskOf())],
    backup: [1, async () => void (backup = await central.backup())],
    restore: [0.3, () => (backup === null ? undefined : central.restore(backup))],
  }
  const total = Object.values(acts).reduce((sum, [weight]) => sum + weight, 0)

  /** Time for all sign-ins to end, and for the next shift to come. */
  function later(ms: number): void {
    pass(ms)
    for (const desk of desks) if (random.chance(0.8)) void signIn(desk)
  }

  /** The day after, when work on what was opened before goes on. */
  async function dayLater(): Promise<void> {
    later(DAY + random.int(HOUR))
    for (let edits = 0; edits < 4; edits++) await editOwn(deskOf())
  }

  async function changeShift(desk: SimDesk): Promise<void> {
    if (desk.signedIn !== null && random.chance(0.5)) {
      desk.signedIn = null
      await desk.ask('store.signOut', null)
    } else void signIn(desk)
  }

  async function step(): Promise<void> {
    let left = random.next() * total
    for (const [name, [weight, act]] of Object.entries(acts)) {
      left -= weight
      if (left > 0) continue
      await act()
      await flush()
      const said = oracle.saved.length + oracle.facts.length + oracle.drafts.size
      return trace(`${name} ${time.now} ${network.waiting().length} ${said}`)
    }
  }

  /**
   * A desk's file is copied, and the copy is started beside it. Whoever of the two sends first goes on as this desk,
   * the other is told at its next exchange; both are let come to that, for what they number before is numbered alike.
   */
  async function copyFile(desk: SimDesk): Promise<void> {
    const known = await desk.ask('device.state', null)
    if (!known.ok || known.value.state !== 'enrolled') return
    Object.assign(desk, { versionSkew: 0 })
    desk.freeDisk()
    await settle()
    const file = desk.db.serialize()
    desks.push(await openSimDesk({ index: desks.length, now: () => time.now, nextId, network, liveNetwork, file }))
    const both = [must(desks.at(-1), 'the copy'), desk]
    for (const one of random.chance(0.5) ? both : both.toReversed()) {
      await signInSafely(one)
      await tellCall(one)
      await settle()
    }
  }

  /**
   * An hour in which all desks exchange what they write, and see each other's; then central is set back to before it,
   * and they go on upon what they have open, while the hour comes back in whichever order.
   */
  async function loseAnHour(): Promise<void> {
    await settle()
    backup = await central.backup()
    for (let turn = 0; turn < 4; turn++) {
      await editOwn(deskOf())
      editElsewhere(deskOf())
    }
    await settle()
    for (const desk of desks) openElsewhere(desk)
    await central.restore(backup)
    for (let turn = 0; turn < 4; turn++) {
      await editOwn(deskOf())
      editElsewhere(deskOf())
    }
  }

  /** A citizen calls whose earlier cases are asked for; as often as not by who has just signed in. */
  async function askForCaller(desk: SimDesk): Promise<void> {
    if (random.chance(0.5)) await signInSafely(desk)
    await safely(desk.ask('case.ofCaller', { phone: somePhone() }))
  }

  try {
    const most = random.chance(0.02) ? 49 : random.chance(0.1) ? 20 : 4
    const count = 2 + random.int(Math.min(most, mostDesks - 1))
    for (let index = 0; index < count; index++) {
      const desk = await openSimDesk({ index, now: () => time.now, nextId, network, liveNetwork })
      desks.push(desk)
      await signInSafely(desk)
    }
    for (let op = 0; op < ops; op++) await step()
    await comeToRest()
    for (const point of central.diedAt) crashPoints.add(`central: ${point}`)
    const broken = [...(await violations(central, desks, oracle, time.now)), ...(await unknownStatuses(central, desks))]
    return { violations: broken, ops, crashPoints }
  } finally {
    Math.random = dice
    network.forget()
    liveNetwork.forget()
    for (const desk of desks) desk.close()
  }
}
