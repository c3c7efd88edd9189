/** The bus lines of all articles as one network: every line in both its directions. Rules KR, shared/kb/SPEC.md. */
import { minutesOf, type LineSheet } from './sheet.ts'
import { createPlaceFinder, foldName, placeOf, type PlaceFinder } from './place-names.ts'

/** An article that an answer goes by. */
export type ArticleRef = { readonly id: string; readonly version: number }

/** One way of a line: its stops in order, and when its buses leave from the first of them. */
export type Direction = {
  readonly line: LineSheet
  readonly article: ArticleRef
  readonly stops: readonly string[]
  /** The places of the stops, at the same positions. */
  readonly places: readonly string[]
  readonly first: string
  readonly last: string
  /** Minutes from a stop to the next one. */
  readonly pace: number
}

export type LineOfArticle = { readonly line: LineSheet; readonly article: ArticleRef }

export type BusNetwork = {
  readonly lines: readonly LineOfArticle[]
  readonly directions: readonly Direction[]
  readonly find: PlaceFinder
  /** The line that is named in folded words, if one is: 28路 is not in 128路. */
  lineIn(folded: string): LineOfArticle | null
}

function directionsOf({ line, article }: LineOfArticle): Direction[] {
  const way = (stops: readonly string[], { first, last }: LineSheet['there']): Direction => ({
    ...{ line, article, stops, first, last },
    places: stops.map(placeOf),
    pace: line.minutes / (stops.length - 1),
  })
  const back = line.back && way(line.backStops ?? line.stops.toReversed(), line.back)
  return [way(line.stops, line.there), ...(back === null ? [] : [back])]
}

/** Makes the network; of lines that are called alike the first one holds (rule KR4). */
export function createBusNetwork(all: readonly LineOfArticle[]): BusNetwork {
  const byName = new Map<string, LineOfArticle>()
  for (const one of all) {
    const key = foldName(one.line.name)
    if (!byName.has(key)) byName.set(key, one)
  }
  const lines = [...byName.values()]
  const directions = lines.flatMap(directionsOf)
  // The longest first: 夜1路 before 1路.
  const names = [...byName.keys()].toSorted((a, b) => b.length - a.length)
  const isNamed = (folded: string, name: string) => {
    const at = folded.indexOf(name)
    return at >= 0 && !(/^\d/.test(name) && /\d/.test(folded[at - 1] ?? ''))
  }
  return {
    lines,
    directions,
    find: createPlaceFinder(directions.flatMap(({ stops }) => stops)),
    lineIn: (folded) => byName.get(names.find((name) => isNamed(folded, name)) ?? '') ?? null,
  }
}

/**
 * Whether a bus can be taken: one comes; the first one comes within an hour and a half; the last one has gone; or it is
 * longer till the first than since the last.
 */
export type Running = 'runs' | 'notYet' | 'gone' | 'later'

/** Whether waiting there brings a bus. */
export const isComing = (running: Running): boolean => running === 'runs' || running === 'notYet'

const DAY = 1440
const SOON = 90

/**
 * Whether a direction is still served at its stop number `at`, at a minute of the day (rule KR5): from the first bus to
 * the last, both as much later as the bus needs to that stop. A last bus before the first one leaves after midnight.
 */
export function runningAt({ first, last, pace }: Direction, at: number, minute: number): Running {
  const begins = minutesOf(first) + at * pace
  const lasts = (minutesOf(last) - minutesOf(first) + DAY) % DAY
  const since = (((minute - begins) % DAY) + DAY) % DAY
  if (since <= lasts) return 'runs'
  const till = DAY - since
  return till <= SOON ? 'notYet' : till < since - lasts ? 'later' : 'gone'
}
