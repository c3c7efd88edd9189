/**
 * Until when a unit must have signed for a case and answered it (rules K4 in SPEC.md). Pure: kinds, classes and spans
 * are a table of central's; data/deadlines.json is the one shipped. Working days by kind: Guangdong 2022; danger and
 * utilities in hours: Beijing's draft and Tianjin.
 */
import { z } from 'zod'
import { chinaDayNumber, dayBegins } from '../china-day.ts'
import { caseKinds, type CaseKind } from './case-kind.ts'
import { workingDayAfter, type WorkingDays } from './working-days.ts'

export const deadlinePhases = ['sign', 'answer'] as const
export type DeadlinePhase = (typeof deadlinePhases)[number]

/** Hours and minutes run around the clock; working days end with the day. */
const spanSchema = z.union([
  z.strictObject({ minutes: z.number().int().positive().max(525_600) }),
  z.strictObject({ workingDays: z.number().int().positive().max(250) }),
])
export type Span = z.infer<typeof spanSchema>

/** Read from above: the first row whose kinds and classes (codes from the front; null: any) hold is the rule. */
export const deadlineTableSchema = z.array(
  z.strictObject({
    rule: z.string().min(1).max(40),
    phase: z.enum(deadlinePhases),
    codes: z.array(z.string().min(1).max(20)).nullable(),
    kinds: z.array(z.enum(caseKinds)).nullable(),
    span: spanSchema,
  }),
)
export type DeadlineTable = z.infer<typeof deadlineTableSchema>

/** Time that does not count, in ms; `to` is null while it lasts. */
export type Pause = { readonly from: number; readonly to: number | null }

/** What a deadline is counted from. `from` is the moment of the call in ms; `extraDays` are working days granted. */
export type Matter = {
  readonly kind: CaseKind
  readonly code: string | null
  readonly from: number
  readonly extraDays?: number
  readonly pauses?: readonly Pause[]
}

export type Deadline = {
  readonly phase: DeadlinePhase
  /** The row of the table that it goes by. */
  readonly rule: string
  readonly span: Span
  /** In time is who acts before this moment, in ms; null while it is suspended. */
  readonly due: number | null
  /** From here it is amber; null while it is suspended. */
  readonly amber: number | null
  /** Counted over days that no calendar knows yet: it may still move. */
  readonly provisional: boolean
}

/** The last part of hours and minutes that is amber. */
const AMBER_SHARE = 0.2

const ofDays = (days: WorkingDays, matter: Matter, count: number) => {
  const { from, pauses = [] } = matter
  const rests = pauses.map((pause) => ({
    first: chinaDayNumber(pause.from),
    last: pause.to === null ? Infinity : chinaDayNumber(pause.to),
  }))
  const { day, known } = workingDayAfter(days, chinaDayNumber(from), count, (each) =>
    rests.some(({ first, last }) => each >= first && each <= last),
  )
  return { due: dayBegins(day + 1), amber: dayBegins(day), provisional: !known }
}

const paused = (pauses: readonly Pause[]) => pauses.reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0)

function ofMinutes(days: WorkingDays, matter: Matter, minutes: number) {
  const { from, extraDays = 0, pauses = [] } = matter
  const length = minutes * 60_000
  const due = from + length + paused(pauses)
  const short = { due, amber: due - length * AMBER_SHARE, provisional: false }
  // What is granted is granted in working days, after the day on which it was due.
  return extraDays === 0 ? short : ofDays(days, { ...matter, from: due, pauses: [] }, extraDays)
}

/** The deadline of a phase, or null where no row of the table speaks of such a case. */
export function deadlineOf(
  phase: DeadlinePhase,
  matter: Matter,
  { table, days }: { readonly table: DeadlineTable; readonly days: WorkingDays },
): Deadline | null {
  const { kind, code, extraDays = 0, pauses = [] } = matter
  const row = table.find(
    ({ phase: of, kinds, codes }) =>
      of === phase &&
      (kinds === null || kinds.includes(kind)) &&
      (codes === null || codes.some((start) => code?.startsWith(start))),
  )
  if (row === undefined) return null
  const { rule, span } = row
  if (pauses.some(({ to }) => to === null)) return { phase, rule, span, due: null, amber: null, provisional: false }
  const counted =
    'minutes' in span ? ofMinutes(days, matter, span.minutes) : ofDays(days, matter, span.workingDays + extraDays)
  return { phase, rule, span, ...counted }
}

export type DeadlineColour = 'calm' | 'amber' | 'red' | 'suspended'

export function colourOf({ due, amber }: Deadline, now: number): DeadlineColour {
  if (due === null || amber === null) return 'suspended'
  if (now >= due) return 'red'
  return now >= amber ? 'amber' : 'calm'
}
