import type { CallFact } from '../../shared/call/call-fact.ts'

type Outcome = Extract<CallFact, { kind: 'ended' }>['outcome']

/** A call as all its facts tell it, over all desks that it was offered to; times in milliseconds since the epoch. */
export type CallSummary = {
  readonly offeredAt: number | null
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: Outcome | null
  readonly settledAt: number | null
  readonly settledOutcome: string | null
  readonly caseId: string | null
  /** How often the citizen was warned, less what was taken back. */
  readonly warnings: number
  /** The last name that the exchange gave its recording. */
  readonly recording: string | null
}
export type KnownFact = {
  readonly kind: CallFact['kind']
  readonly at: number
  readonly outcome: string | null
  readonly caseId: string | null
  /** Of an end: nobody lived to see it. */
  readonly estimated: boolean
  /** The desk's store that told it. */
  readonly storeId: string
  /** Of a recording: its name. */
  readonly recording: string | null
}

// One desk may miss a ring that the next one answers: what came furthest tells how the call went.
const furthestLast = ['elsewhere', 'rejected', 'missed', 'failed', 'lost', 'completed', 'transferred'] as const

/**
 * Whether the same desk told the real end of what this one only estimates: later than the last thing known then,
 * and before the call was offered there again. What another desk saw of the call says nothing of this one's end.
 */
function givesWay(estimate: KnownFact, facts: readonly KnownFact[]): boolean {
  const later = facts.filter(({ storeId, at }) => storeId === estimate.storeId && at >= estimate.at)
  const again = later.filter(({ kind, at }) => kind === 'offered' && at > estimate.at).map(({ at }) => at)
  return later.some(
    ({ kind, estimated, at }) => kind === 'ended' && !estimated && !again.some((offeredAt) => offeredAt <= at),
  )
}

/** Sums up the facts of one call; their order does not matter. */
export function projectCall(all: readonly KnownFact[]): CallSummary {
  const facts = all.filter((fact) => !(fact.estimated && givesWay(fact, all)))
  const times = (kind: CallFact['kind']) => facts.filter((fact) => fact.kind === kind).map(({ at }) => at)
  const first = (kind: CallFact['kind']) => times(kind).toSorted((a, b) => a - b)[0] ?? null
  const last = (kind: CallFact['kind']) => times(kind).toSorted((a, b) => b - a)[0] ?? null
  const ended = new Set(facts.filter(({ kind }) => kind === 'ended').map(({ outcome }) => outcome))
  const settled = facts
    .filter(({ kind }) => kind === 'settled')
    .toSorted(bySettling)
    .at(-1)
  return {
    offeredAt: first('offered') ?? first('dialled'),
    answeredAt: first('answered'),
    endedAt: last('ended'),
    outcome: furthestLast.findLast((outcome) => ended.has(outcome)) ?? null,
    settledAt: settled?.at ?? null,
    settledOutcome: settled?.outcome ?? null,
    caseId: settled?.caseId ?? null,
    warnings: Math.max(0, times('warned').length - times('warningWithdrawn').length),
    recording:
      facts
        .filter(({ kind }) => kind === 'recorded')
        .toSorted(byNaming)
        .at(-1)?.recording ?? null,
  }
}

/** By time; at the same instant a case outweighs none, then by name, so that every order gives one answer. */
function bySettling(a: KnownFact, b: KnownFact): number {
  return a.at - b.at || key(a).localeCompare(key(b))
}

/** By time; at the same instant by name. */
function byNaming(a: KnownFact, b: KnownFact): number {
  return a.at - b.at || (a.recording ?? '').localeCompare(b.recording ?? '')
}

function key({ outcome, caseId }: KnownFact): string {
  return `${caseId === null ? 0 : 1}${outcome}${caseId}`
}
