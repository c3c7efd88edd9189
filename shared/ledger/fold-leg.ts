/**
 * What the events of one citizen's leg come to: one row. They are a set, so the row is the same however they are
 * split, repeated or ordered (rules E1 and E2, central/SPEC.md).
 */
import type { LegEvent } from './leg-event.ts'

/** How a leg ended; `abandoned…` by the citizen, the rest without an operator by the exchange. */
export const legEndings = [
  'answered',
  'abandonedBefore',
  'abandonedInQueue',
  'abandonedRinging',
  'failed',
  'rejected',
  'afterHours',
] as const
export type LegEnding = (typeof legEndings)[number]

/** A citizen's leg as its events tell it; times in ms since the epoch, null for what has not happened. */
export type LegRow = {
  readonly leg: string
  /** As presented; '' where it was withheld. Whoever shows it masks it. */
  readonly number: string
  readonly called: string
  readonly beganAt: number
  readonly queue: string | null
  readonly queuedAt: number | null
  /** When the first telephone of the house rang for it. */
  readonly rangAt: number | null
  readonly answeredAt: number | null
  /** The extension that spoke with the citizen first. */
  readonly answeredBy: string | null
  readonly endedAt: number | null
  readonly ending: LegEnding | null
  /** The citizen's own rating of the call: 5 very satisfied … 1 very dissatisfied. */
  readonly rating: number | null
  /** The last thing known of it. */
  readonly seenAt: number
}

/** An exchange lets go of a ringing telephone just before it says that the citizen is gone. */
const JUST_BEFORE_MS = 1000

type Of<K extends LegEvent['kind']> = LegEvent & { readonly kind: K }

/** The events of these kinds, the earliest first; at the same instant by all they say, so that each order gives one answer. */
function ofKind<K extends LegEvent['kind']>(events: readonly LegEvent[], kind: K): Of<K>[] {
  const text = (event: LegEvent) => JSON.stringify(Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return events
    .filter((event): event is Of<K> => event.kind === kind)
    .toSorted((a, b) => a.at - b.at || (text(a) < text(b) ? -1 : 1))
}

/** Whether a telephone rang when the leg ended. */
function rangAt(events: readonly LegEvent[], end: number): boolean {
  const over = ofKind(events, 'lineEnded')
  const isOver = (line: string) => over.some((one) => one.line === line && one.at < end - JUST_BEFORE_MS)
  return ofKind(events, 'rang').some(({ line, at }) => at <= end && !isOver(line))
}

function endingOf(events: readonly LegEvent[], { at, by }: Of<'ended'>): LegEnding {
  const has = (kind: LegEvent['kind']) => events.some((event) => event.kind === kind)
  if (has('spoke')) return 'answered'
  if (has('afterHours')) return 'afterHours'
  if (by !== 'citizen') return has('queued') ? 'failed' : 'rejected'
  if (rangAt(events, at)) return 'abandonedRinging'
  return has('queued') ? 'abandonedInQueue' : 'abandonedBefore'
}

/** Folds the events of one leg; null while it is not known to be a citizen's. */
export function foldLeg(events: readonly LegEvent[]): LegRow | null {
  const [began] = ofKind(events, 'began')
  if (began === undefined) return null
  const { leg, number, called, at: beganAt } = began
  const [queued] = ofKind(events, 'queued')
  const [rang] = ofKind(events, 'rang')
  const [spoke] = ofKind(events, 'spoke')
  const ended = ofKind(events, 'ended').at(-1)
  return {
    ...{ leg, number, called, beganAt },
    queue: queued?.queue ?? null,
    queuedAt: queued?.at ?? null,
    rangAt: rang?.at ?? null,
    answeredAt: spoke?.at ?? null,
    answeredBy: spoke?.extension ?? null,
    endedAt: ended?.at ?? null,
    ending: ended === undefined ? null : endingOf(events, ended),
    rating: ofKind(events, 'rated').at(-1)?.level ?? null,
    seenAt: Math.max(...events.map(({ at }) => at)),
  }
}
