/** What goes on between the acts of a world: time passes, desks sign in and die, what is under way arrives, and all comes to rest. */
import { DEMO_ENROLMENT, demoPeople } from '../../central/people/demo.ts'
import { must } from '../../shared/errors.ts'
import { tablesOf } from './desk-tables.ts'
import type { LiveNetwork } from './live-network.ts'
import type { Network } from './network.ts'
import type { Random } from './random.ts'
import { teamCodes } from './ready-central.ts'
import type { SimCentral } from './sim-central.ts'
import type { SimDesk } from './sim-desk.ts'
import { unknownStatuses } from './statuses.ts'

/** The time of all worlds; central was built with it. */
export const time = { now: Date.UTC(2026, 10, 23, 1) }

export const operators = demoPeople.filter(({ role }) => role === 'operator')
/** Ten times what a world without a bug has ever needed. */
const ROUNDS_TO_REST = 30
/** So many turns of the machine without work in central's database: what goes through its streams takes some. */
const QUIET_TURNS = 12

type Deps = {
  readonly central: SimCentral
  readonly desks: readonly SimDesk[]
  readonly network: Network
  readonly liveNetwork: LiveNetwork
  readonly random: Random
  readonly crashPoints: Set<string>
}

export function createCourse({ central, desks, network, liveNetwork, random, crashPoints }: Deps) {
  let statuses = 0

  /** Until nothing of the desks' own code, nor of central's, has anything more to do. */
  async function flush(): Promise<void> {
    for (let turn = 0; turn < QUIET_TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (central.isBusy()) turn = 0
    }
  }

  async function signIn(desk: SimDesk): Promise<void> {
    const { staffNo, password } = must(random.pick(operators), 'an operator')
    const answer = await desk.ask('store.signIn', { staffNo, password })
    if (answer.ok) desk.signedIn = answer.value.resume
  }

  /** What the operator of a desk does, said as main says it. */
  function sayStatus(desk: SimDesk): void {
    statuses += 1
    desk.status = {
      status: random.pick(['ready', 'talking', 'held', 'onCall', 'away:meal']) ?? 'ready',
      since: statuses,
    }
    void desk.ask('store.status', desk.status)
  }

  const enrol = (desk: SimDesk) =>
    desk.ask('device.enrol', { code: random.pick([DEMO_ENROLMENT, ...teamCodes.keys()]) ?? DEMO_ENROLMENT })

  function pass(ms: number): void {
    time.now += ms
    for (const desk of desks) desk.tick(time.now)
  }

  function crash(desk: SimDesk): void {
    const waiting = network.waiting().find((request) => request.desk === desk.index)
    const power = random.chance(0.3) ? 'cut' : 'stays'
    crashPoints.add(`desk: ${waiting?.path ?? 'idle'}, power ${power}`)
    desk.crash(power)
  }

  /** All that is under way arrives, and what is said because of it. */
  async function carryAll(): Promise<void> {
    while (network.waiting().length + liveNetwork.waiting() > 0) {
      if (network.waiting().length > 0) await network.deliver(random.int(network.waiting().length), true)
      else await liveNetwork.deliver()
      await flush()
    }
  }

  /** Does something on a wire that delivers everything. */
  async function safely(doing: Promise<unknown>): Promise<void> {
    await flush()
    await carryAll()
    await doing
  }

  /** Lets all desks exchange what they have, on a wire that delivers everything. */
  async function settle(): Promise<void> {
    central.dieAt(0)
    for (let round = 0; round < 3; round++) {
      pass(20_000)
      await safely(Promise.resolve())
      await flush()
    }
  }

  /** Signs in, after another enrolment where central does not know the desk (any more). */
  async function signInSafely(desk: SimDesk): Promise<void> {
    await safely(signIn(desk))
    const answer = await desk.ask('device.state', null)
    if (answer.ok && answer.value.state === 'enrolled') return
    await safely(enrol(desk))
    await safely(signIn(desk))
  }

  /** All is healed: what was owed must now come through by itself. */
  async function comeToRest(): Promise<void> {
    central.dieAt(0)
    for (const desk of desks) {
      desk.freeDisk()
      desk.versionSkew = 0
      if (random.chance(0.5)) crash(desk)
      await carryAll()
      await signInSafely(desk)
      sayStatus(desk)
    }
    for (let round = 0; round < ROUNDS_TO_REST && !(await atRest()); round++) {
      pass(600_000)
      await flush()
      await carryAll()
      // A copied file may hear only now that it is one.
      for (const desk of desks) {
        const answer = await desk.ask('device.state', null)
        if (answer.ok && answer.value.state !== 'enrolled') await signInSafely(desk)
      }
    }
  }

  /** Nothing waits, every desk has seen all that there is, and is heard. */
  async function atRest(): Promise<boolean> {
    const head = await central.head()
    if ((await unknownStatuses(central, desks)).length > 0) return false
    return desks.every((desk) => {
      const { meta, outbox } = tablesOf(desk)
      const seen = meta.get('epoch') === head.epoch && Number(meta.get('cursor')) === head.head
      return seen && outbox.pending(1).length === 0
    })
  }

  return { flush, signIn, signInSafely, sayStatus, enrol, pass, crash, safely, settle, comeToRest }
}
