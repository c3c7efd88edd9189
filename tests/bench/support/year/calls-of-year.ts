/** All calls of a year in their order, in stretches, and what must have come of them. */
import { caseNumber } from '../../../../shared/case/case-number.ts'
import type { CaseKind } from '../../../../shared/case/case-kind.ts'
import { must } from '../../../../shared/errors.ts'
import type { LegEvent } from '../../../../shared/ledger/leg-event.ts'
import type { Mutation } from '../../../../shared/sync/protocol.ts'
import { createDice } from '../texts.ts'
import { codeOf, makeCall, type KnownCase, type Traffic } from './call.ts'
import { kindOf, momentsOf, orderOf, quotas, type Course } from './plan.ts'

const SEED = 2009
const FROM = Date.UTC(2024, 11, 31, 16)
/** A year of the calendar that the product has, by China's days. */
const UNTIL = Date.UTC(2025, 11, 31, 16)
/** Nobody is in two calls within this time, unless she gave up and calls again. */
const APART_MS = 3_600_000
/** Citizens in all, of the whole year; a few call often. */
const CITIZENS = 180_000

/** What stands at central when all of it was taken; the numbers of what was made. */
export type Tally = {
  readonly calls: number
  mutations: number
  facts: number
  events: number
  cases: number
  accepted: number
  ratings: { count: number; sum: number }
  readonly kinds: Map<string, number>
  readonly codes: Map<string, number>
  readonly outcomes: Map<string, number>
}

/** A stretch of the year: each desk's mutations in their order, and what the exchange told. What it adds to stands in earlier ones. */
export type Stretch = {
  readonly calls: number
  readonly ofDesks: readonly (readonly Mutation[])[]
  readonly events: readonly LegEvent[]
}

export type Year = { readonly tally: Tally; stretches(): Generator<Stretch> }

const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** Who calls: out of those who have not called within the hour; few often, most once. */
function createCitizens(count: number) {
  const dice = createDice(SEED + 1)
  const lastAt = new Map<number, number>()
  return (at: number): string => {
    for (;;) {
      // Two dice, the lower counts: the first of them call some ten times as often as the last.
      const who = Math.floor((dice.next(count) * (dice.next(900) + 100)) / 1000)
      if (at - (lastAt.get(who) ?? 0) < APART_MS) continue
      lastAt.set(who, at)
      return `13${String(500_000_000 + who)}`
    }
  }
}

/** In the first stretch there is nothing yet that anybody could add to: those calls come later, others in their place. */
function startWithCases(order: Course[], stretch: number): Course[] {
  let later = stretch
  for (let index = 0; index < stretch; index += 1) {
    if (order[index] !== 'amended') continue
    while (order[later] !== 'repliedAtOnce') later += 1
    order[index] = 'repliedAtOnce'
    order[later] = 'amended'
  }
  return order
}

/** The year, one part in `part` of its size, at desks with these codes; `stretch` calls at a time. */
export function callsOfYear(part: number, deskCodes: readonly string[], stretch: number): Year {
  const quota = quotas(part)
  const order = startWithCases(orderOf(quota, SEED), stretch)
  const moments = momentsOf(FROM, UNTIL, order.length)
  const citizen = createCitizens(CITIZENS / part)
  const dice = createDice(SEED + 2)
  const counters = new Map<string, number>()
  const tally: Tally = {
    ...{ calls: order.length, mutations: 0, facts: 0, events: 0, cases: 0, accepted: quota.turnedOver },
    ratings: { count: 0, sum: 0 },
    ...{ kinds: new Map(), codes: new Map(), outcomes: new Map() },
  }
  /** Cases that nobody has added to, of earlier stretches and of this one. */
  const ripe: KnownCase[] = []
  let fresh: KnownCase[] = []
  let again: string | null = null

  /** A case of somebody who called long enough ago, taken out of those that nobody has added to. */
  function someCase(): KnownCase {
    const at = dice.next(ripe.length)
    const last = must(ripe.pop(), 'a case to add to')
    if (at === ripe.length) return last
    const found = must(ripe[at], 'a case')
    ripe[at] = last
    return found
  }

  function numberFor(course: Course, index: number, at: number): string {
    if (course === 'withheld') return ''
    // What is owed to them must not be paid by another call of theirs.
    if (course === 'calledBack' || course === 'notReached' || course === 'byHand')
      return `189${String(index).padStart(8, '0')}`
    return citizen(at)
  }

  function take({ mutations, events, opened, outcome }: Traffic): void {
    tally.mutations += mutations.length
    tally.events += events.length
    tally.facts += mutations.filter(({ body }) => body.kind === 'call').length
    for (const event of events) {
      if (event.kind !== 'rated') continue
      tally.ratings.count += 1
      tally.ratings.sum += event.level
    }
    add(tally.outcomes, outcome)
    if (opened === null) return
    tally.cases += 1
    fresh.push(opened)
  }

  const nths = new Map<Course, number>()
  function next(index: number, deskCode: string): Traffic {
    const course = must(order[index], 'a course')
    const at = must(moments[index], 'a moment')
    const nth = nths.get(course) ?? 0
    nths.set(course, nth + 1)
    const opens = course === 'turnedOver' || course === 'repliedAtOnce' || course === 'noReplyWanted'
    const kind: CaseKind | null = opens ? kindOf(course, nth) : null
    const amends = course === 'amended' ? someCase() : null
    const phone = amends?.phone ?? again ?? numberFor(course, index, at)
    again = course === 'calledAgain' ? phone : null
    const counter = (counters.get(deskCode) ?? 0) + (opens ? 1 : 0)
    counters.set(deskCode, counter)
    const caseNo = opens ? caseNumber(at, deskCode, counter) : null
    const who = String(1001 + (index % 9))
    const made = makeCall({ index, course, at, phone, kind, caseNo, amends, staffNo: who, extension: who })
    if (kind !== null) {
      add(tally.kinds, kind)
      add(tally.codes, codeOf(index))
    }
    take(made)
    return made
  }

  function* stretches(): Generator<Stretch> {
    for (let from = 0; from < order.length; from += stretch) {
      const ofDesks: Mutation[][] = deskCodes.map(() => [])
      const events: LegEvent[] = []
      const until = Math.min(from + stretch, order.length)
      for (let index = from; index < until; index += 1) {
        const desk = index % deskCodes.length
        const made = next(index, must(deskCodes[desk], 'a desk'))
        must(ofDesks[desk], 'a desk').push(...made.mutations)
        events.push(...made.events)
      }
      ripe.push(...fresh)
      fresh = []
      yield { calls: until - from, ofDesks, events }
    }
  }
  return { tally, stretches }
}
