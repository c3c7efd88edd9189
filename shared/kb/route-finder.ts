/**
 * How to get from one stop to another by bus. Pure. Rules KR3–KR5 (shared/kb/SPEC.md): the fewest changes, at most
 * two; then the fewest stops ridden; then the least walking, which is to change between stops of one place that are
 * called differently.
 */
import { isComing, runningAt, type BusNetwork, type Direction, type Running } from './bus-network.ts'

/** One ride, from the stop where one gets on to the one where one gets off. */
export type Leg = {
  readonly direction: Direction
  readonly from: string
  readonly to: string
  /** How many stops are ridden. */
  readonly stops: number
  /** Whether this bus still comes when one is there. */
  readonly running: Running
}

export type Way = {
  readonly legs: readonly Leg[]
  readonly stops: number
  readonly walks: number
  /** What the rides take, without waiting. */
  readonly minutes: number
}

/** At which minute of the day one sets out; null to ask no timetable. */
export type SetOut = number | null

/** A stop that was reached, and how. */
type Reached = Way & { readonly stop: string; readonly place: string }

const MOST_RIDES = 3
/** So many lines that go there directly are told. */
const MOST_WAYS = 3

const isBetter = (a: Pick<Way, 'stops' | 'walks'>, b: Way | undefined) =>
  b === undefined || a.stops < b.stops || (a.stops === b.stops && a.walks < b.walks)

/** Whether one can get on: never where the bus goes no further. */
function boarding(direction: Direction, at: number, minute: SetOut, minutes: number): Running | null {
  if (at === direction.stops.length - 1) return null
  return minute === null ? 'runs' : runningAt(direction, at, minute + minutes)
}

/** The best of what was reached of a place to get on at a stop there: from a stop of another name one walks. */
function standingAt(reached: readonly Reached[], stop: string): Reached | undefined {
  let best: Reached | undefined
  for (const one of reached) {
    const here = one.stop === stop || one.legs.length === 0 ? one : { ...one, walks: one.walks + 1 }
    if (isBetter(here, best)) best = here
  }
  return best
}

type Ride = { readonly before: Reached; readonly at: number; readonly running: Running }

function isBetterBy({ before, at }: Ride, to: number, known: Way | undefined): boolean {
  return isBetter({ stops: before.stops + to - at, walks: before.walks }, known)
}

/** What a way becomes by riding on from where one got on to stop number `to`. */
function ridden(direction: Direction, { before, at, running }: Ride, to: number): Reached {
  const [from = '', stop = ''] = [direction.stops[at], direction.stops[to]]
  const leg: Leg = { direction, from, to: stop, stops: to - at, running }
  return {
    legs: [...before.legs, leg],
    stops: before.stops + leg.stops,
    walks: before.walks,
    minutes: before.minutes + leg.stops * direction.pace,
    stop,
    place: direction.places[to] ?? '',
  }
}

/** Whether getting on here is better than having got on before: by what stands at the end of either. */
function isBetterBoard(one: Ride, other: Ride | null): boolean {
  if (other === null) return true
  const [a, b] = [one.before.stops - one.at, other.before.stops - other.at]
  return a < b || (a === b && one.before.walks < other.before.walks)
}

/** All stops that one more ride reaches, each in the best way. */
function rideOnce(network: BusNetwork, reached: readonly Reached[], minute: SetOut): Reached[] {
  const byPlace = Map.groupBy(reached, ({ place }) => place)
  const next = new Map<string, Reached>()
  for (const direction of network.directions) {
    let ride: Ride | null = null
    for (const [at, stop] of direction.stops.entries()) {
      if (ride !== null && isBetterBy(ride, at, next.get(stop))) next.set(stop, ridden(direction, ride, at))
      const before = standingAt(byPlace.get(direction.places[at] ?? '') ?? [], stop)
      const running = before && boarding(direction, at, minute, before.minutes)
      if (before === undefined || !running || !isComing(running)) continue
      const here: Ride = { before, at, running }
      if (isBetterBoard(here, ride)) ride = here
    }
  }
  return [...next.values()]
}

const placesOf = (network: BusNetwork, stops: readonly string[]) => {
  const wanted = new Set(stops)
  return new Set(
    network.directions.flatMap(({ stops: own, places }) => places.filter((_, at) => wanted.has(own[at] ?? ''))),
  )
}

const begun = (network: BusNetwork, stops: readonly string[]): Reached[] =>
  [...placesOf(network, stops)].map((place) => ({ legs: [], stops: 0, walks: 0, minutes: 0, stop: place, place }))

function bestOf(reached: readonly Reached[], places: ReadonlySet<string>): Way | null {
  let best: Reached | undefined
  for (const one of reached) if (places.has(one.place) && isBetter(one, best)) best = one
  return best ?? null
}

/**
 * The best way, or null where even two changes do not do. With a minute of the day only by buses that still come when
 * one is at their stop.
 */
export function bestWay(
  network: BusNetwork,
  from: readonly string[],
  to: readonly string[],
  minute: SetOut,
): Way | null {
  const goal = placesOf(network, to)
  let reached = begun(network, from)
  if (reached.some(({ place }) => goal.has(place))) return null
  for (let rides = 1; rides <= MOST_RIDES && reached.length > 0; rides += 1) {
    reached = rideOnce(network, reached, minute)
    const best = bestOf(reached, goal)
    if (best !== null) return best
  }
  return null
}

/** The lines that go there without a change, each once, those that still come first, then by how far they ride. */
function directWays(network: BusNetwork, from: readonly string[], to: readonly string[], minute: number): Way[] {
  const [starts, goal] = [placesOf(network, from), placesOf(network, to)]
  const byLine = new Map<string, Way>()
  for (const direction of network.directions) {
    for (const [at, place] of direction.places.entries()) {
      const running = starts.has(place) ? boarding(direction, at, minute, 0) : null
      const till = direction.places.findIndex((there, index) => index > at && goal.has(there))
      if (running === null || till < 0) continue
      const [before] = begun(network, [direction.stops[at] ?? ''])
      const way = before && ridden(direction, { before, at, running }, till)
      if (way && isBetter(way, byLine.get(direction.line.name))) byLine.set(direction.line.name, way)
    }
  }
  return [...byLine.values()].toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || a.stops - b.stops)
}

/** Whether a bus of the way does not come now. */
export const isOver = ({ legs }: Way): boolean => legs.some(({ running }) => !isComing(running))

/** Whether the last bus of the way has gone. */
const isGone = ({ legs }: Way): boolean => legs.some(({ running }) => running === 'gone')

/**
 * What to tell who wants to get from some stops to others at a minute of the day: the lines that go there directly, or
 * one way with changes. Where the best one's last bus is gone, a way that still runs stands before it (rule KR5).
 */
export function findWays(
  network: BusNetwork,
  from: readonly string[],
  to: readonly string[],
  minute: number,
): readonly Way[] {
  const direct = directWays(network, from, to, minute).slice(0, MOST_WAYS)
  if (direct.some((way) => !isOver(way))) return direct.filter((way) => !isOver(way))
  const now = bestWay(network, from, to, minute)
  const ever = direct.length > 0 ? direct.slice(0, 1) : [bestWay(network, from, to, null)]
  const late = ever.flatMap((way) => (way === null ? [] : [asToldAt(way, minute)]))
  return now === null ? late : [now, ...late.filter(isGone)]
}

/** A way that was found without a timetable, with what is so at a minute of the day. */
function asToldAt(way: Way, minute: number): Way {
  let on = 0
  const legs = way.legs.map((leg) => {
    const at = leg.direction.stops.indexOf(leg.from)
    const running = runningAt(leg.direction, at, minute + on)
    on += leg.stops * leg.direction.pace
    return { ...leg, running }
  })
  return { ...way, legs }
}
