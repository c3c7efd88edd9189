/** The calls of one year: how many of which course, in which order, and when. Numbers of the centre's own account of 2009. */
import { must } from '../../../../shared/errors.ts'
import type { CaseKind } from '../../../../shared/case/case-kind.ts'
import { createDice, type Dice } from '../texts.ts'

/** How a call goes; the first three lead to a case, the last five reach nobody. */
export const courses = [
  'turnedOver',
  'repliedAtOnce',
  'noReplyWanted',
  'amended',
  'handedOver',
  'silent',
  'wrongNumber',
  'abuse',
  'calledBack',
  'calledAgain',
  'notReached',
  'withheld',
  'byHand',
] as const
export type Course = (typeof courses)[number]

/**
 * 414,100 calls, of which 103,800 are matters that were accepted and turned over to a unit (the centre's figures);
 * how the others share out is ours: three of four are settled in the call itself.
 */
const ofTheYear: Readonly<Record<Course, number>> = {
  turnedOver: 103_800,
  repliedAtOnce: 213_000,
  noReplyWanted: 6_200,
  amended: 24_800,
  handedOver: 20_700,
  silent: 10_400,
  wrongNumber: 6_200,
  abuse: 800,
  calledBack: 16_000,
  calledAgain: 10_200,
  notReached: 1_600,
  withheld: 300,
  byHand: 100,
}

/** So many of each course for a year of one part in `part` of that size; `part` divides 100. */
export function quotas(part: number): Record<Course, number> {
  const entries = courses.map((course) => [course, ofTheYear[course] / part] as const)
  return Object.fromEntries(entries) as Record<Course, number>
}

/** In hundred matters of a course so many are of this kind. */
const kindShares: Readonly<Record<'turnedOver' | 'repliedAtOnce' | 'noReplyWanted', readonly [CaseKind, number][]>> = {
  turnedOver: [
    ['help', 42],
    ['complaint', 38],
    ['consult', 6],
    ['suggestion', 8],
    ['report', 5],
    ['praise', 1],
  ],
  repliedAtOnce: [
    ['consult', 86],
    ['help', 8],
    ['complaint', 3],
    ['suggestion', 1],
    ['praise', 2],
  ],
  noReplyWanted: [
    ['praise', 40],
    ['suggestion', 50],
    ['report', 10],
  ],
}

/** The kind of the `nth` case of its course. */
export function kindOf(course: keyof typeof kindShares, nth: number): CaseKind {
  // Steps that share no factor with a hundred: each hundred in a row holds the shares exactly, mixed.
  let left = (nth * 37) % 100
  for (const [kind, share] of kindShares[course]) {
    if (left < share) return kind
    left -= share
  }
  throw new Error('the shares of a course are a hundred')
}

function shuffle<T>(list: T[], { next }: Dice): T[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = next(at + 1)
    const one = must(list[at], 'one')
    list[at] = must(list[other], 'another')
    list[other] = one
  }
  return list
}

/** The courses in the order of the calls: who calls again does so in the very next call, which leads to a case. */
export function orderOf(quota: Readonly<Record<Course, number>>, seed: number): Course[] {
  const runs: Course[][] = []
  for (const course of courses) {
    const alone = course === 'turnedOver' ? quota[course] - quota.calledAgain : quota[course]
    const run: Course[] = course === 'calledAgain' ? ['calledAgain', 'turnedOver'] : [course]
    for (let count = 0; count < alone; count += 1) runs.push(run)
  }
  return shuffle(runs, createDice(seed)).flat()
}

const HOUR_MS = 3_600_000
/** How busy the hours of a day are, and the days of a week from Thursday on (1 January 1970 was one). */
const hours = [3, 2, 1, 1, 1, 2, 5, 14, 34, 42, 40, 33, 22, 26, 36, 38, 35, 28, 20, 18, 16, 13, 9, 5]
const days = [10, 10, 6, 5, 11, 10, 10]
const CHINA_HOURS = 8

/** The moments of `count` calls between two hours, in ms and in order, as dense as the hours are busy. */
export function momentsOf(from: number, until: number, count: number): number[] {
  const weights: number[] = []
  for (let hour = from / HOUR_MS + CHINA_HOURS; hour < until / HOUR_MS + CHINA_HOURS; hour += 1)
    weights.push((hours[hour % 24] ?? 0) * (days[Math.floor(hour / 24) % 7] ?? 0))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const moments: number[] = []
  let hour = 0
  let before = 0
  for (let index = 0; index < count; index += 1) {
    const place = ((index + 0.5) / count) * all
    while (before + (weights[hour] ?? 0) < place) {
      before += weights[hour] ?? 0
      hour += 1
    }
    moments.push(Math.floor(from + (hour + (place - before) / (weights[hour] ?? 1)) * HOUR_MS))
  }
  return moments
}
