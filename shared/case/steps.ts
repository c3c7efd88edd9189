/**
 * Who may take which step in the life of a case, from which state, and where it leads (rules K5 in SPEC.md).
 *
 *   toDispatch ─dispatch─► toSign ─sign─► inHand ─answer─► answered ─settle─► settled ─archive─► archived
 *      │  ▲                 │ │ ▲            │ │ ▲            │                  │
 *      │  └─────return──────┘ │ └─redispatch─┘ │ └──sendBack──┘                  │
 *      │  └───────────────────┼─────return─────┘ ▲                               │
 *      │                      └────answer────────┼──────────────rehandle─────────┘
 *      ├─decline─► notAccepted, join─► joined ───┴─► archived
 *      └───────────────unjoin─────────────┘
 *
 * A step that stands in no row does not exist: there is no other way to another state.
 */
import { fail, ok, type Result } from '../errors.ts'
import type { CaseEvent, CaseRecord } from './case-record.ts'
import { isRestedUpon } from './called-before.ts'
import { callersOfCase, owedCallers } from './owed.ts'
import { callsWith, isSuspended, type CaseLife } from './life.ts'
import type { CaseState, CaseStep, StepType } from './case-step.ts'

/**
 * The centre; who only visits citizens (an operator), took this call herself and no unit has the case yet, or joined it,
 * or a call of hers to it; the unit that leads; one that takes part; the citizen who opened it.
 */
export const parties = ['centre', 'visitor', 'taker', 'joiner', 'lead', 'other', 'citizen'] as const
export type Party = (typeof parties)[number]

type Row = {
  readonly by: readonly Party[]
  readonly from: readonly CaseState[]
  /** null: it stays where it is. */
  readonly to: CaseState | null
  /** What else must hold; the answer is the detail of the refusal. */
  readonly unless?: (record: CaseRecord) => string | null
}

const open: readonly CaseState[] = ['toDispatch', 'toSign', 'inHand', 'answered']
const atUnit: readonly CaseState[] = ['toSign', 'inHand']
const ended: readonly CaseState[] = ['settled', 'repliedAtOnce', 'noReplyWanted', 'notAccepted', 'joined']

const when = (holds: (life: CaseLife) => boolean, detail: string) => (record: CaseRecord) =>
  holds(record.life) ? detail : null

/** Somebody who called is still to be told, or was not asked yet what she thinks of it. */
const isOwed = (record: CaseRecord) => owedCallers(record).length > 0
const unlessOwed = (detail: string) => (record: CaseRecord) => (isOwed(record) ? detail : null)

/** By whom a step is that the citizen takes: no staff number. */
export const CITIZEN = 'citizen'
/** Whether she (null: who opened the case) has said what she thinks of the answer that stands, by whichever way. */
export const hasRated = ({ visits, rated }: CaseLife, callerId: string | null) =>
  (callerId === null && rated !== null) ||
  visits.some(({ caller, rating }) => (caller ?? null) === callerId && rating !== null)
/** Each who called and is told of the answer may rate it. */
const haveAllRated = (record: CaseRecord) =>
  callersOfCase(record).every(
    ({ callerId, wantsReply }) => (callerId !== null && !wantsReply) || hasRated(record.life, callerId),
  )

export const caseSteps: { readonly [S in StepType]: Row } = {
  dispatch: { by: ['centre'], from: ['toDispatch'], to: 'toSign' },
  sign: { by: ['lead'], from: ['toSign'], to: 'inHand' },
  return: {
    by: ['lead'],
    from: atUnit,
    to: 'toDispatch',
    unless: when(({ reviewed }) => reviewed, 'reviewed'),
  },
  redispatch: { by: ['centre'], from: atUnit, to: 'toSign' },
  invite: { by: ['centre', 'lead'], from: atUnit, to: null },
  askExtension: { by: ['lead'], from: ['inHand'], to: null, unless: when(({ asked }) => asked !== null, 'asked') },
  grantExtension: {
    by: ['centre'],
    from: ['inHand'],
    to: null,
    unless: when(({ asked }) => asked === null, 'notAsked'),
  },
  denyExtension: {
    by: ['centre'],
    from: ['inHand'],
    to: null,
    unless: when(({ asked }) => asked === null, 'notAsked'),
  },
  suspend: { by: ['centre'], from: ['inHand'], to: null, unless: when(isSuspended, 'suspended') },
  resume: { by: ['centre'], from: ['inHand'], to: null, unless: when((life) => !isSuspended(life), 'notSuspended') },
  contribute: { by: ['other'], from: atUnit, to: null },
  answer: { by: ['lead'], from: ['inHand'], to: 'answered' },
  sendBack: { by: ['centre'], from: ['answered'], to: 'inHand' },
  visit: {
    by: ['centre', 'visitor', 'joiner'],
    from: ['answered', ...ended, 'archived'],
    to: null,
    // Afterwards only who called too late to be asked before.
    unless: (record) => (record.state === 'answered' || isOwed(record) ? null : record.state),
  },
  rate: {
    by: ['citizen'],
    from: ['answered', 'settled'],
    to: null,
    unless: (record) => (haveAllRated(record) ? 'rated' : null),
  },
  settle: {
    by: ['centre', 'visitor', 'joiner'],
    from: ['answered'],
    to: 'settled',
    unless: unlessOwed('notVisited'),
  },
  rehandle: {
    by: ['centre'],
    from: ['answered', 'settled'],
    to: 'inHand',
    unless: when(({ rehandled }) => rehandled > 0, 'rehandled'),
  },
  supervise: { by: ['centre'], from: open, to: null },
  decline: { by: ['centre'], from: ['toDispatch'], to: 'notAccepted' },
  join: { by: ['centre', 'taker'], from: ['toDispatch', 'toSign', 'inHand'], to: 'joined' },
  archive: { by: ['centre'], from: ended, to: 'archived', unless: unlessOwed('callerOwed') },
  unjoin: { by: ['centre', 'joiner'], from: ['joined'], to: 'toDispatch' },
  takeOut: {
    by: ['centre', 'taker', 'joiner'],
    from: open,
    to: null,
    unless: (record) => (record.life.calls.length === 0 ? 'noCalls' : null),
  },
  makeEvent: { by: ['centre', 'visitor', 'taker', 'joiner'], from: open, to: null },
  endEvent: {
    by: ['centre', 'visitor', 'taker', 'joiner'],
    from: open,
    to: null,
    unless: when(({ event }) => event === null, 'noEvent'),
  },
}

/** Who takes the step: on whose behalf, and by which mutation. */
export type StepContext = {
  readonly at: number
  readonly by: string
  readonly party: Party
  /** The member unit that she is of; null at the centre. */
  readonly unit: string | null
  /** Where a call is taken out: the key of an identity's number, '' where there is none; no two are one where it is not said. */
  readonly keyOf?: (callerId: string) => string
}

/** What the record itself forbids whatever the row says. */
function whyNot(record: CaseRecord, step: CaseStep, context: StepContext): string | null {
  const { by } = context
  if (step.type === 'redispatch' && step.unit === record.life.unit) return 'sameUnit'
  if (step.type === 'join' && step.into === record.caseId) return 'itself'
  if (step.type === 'takeOut') return whyNotOut(record, step, context)
  if (step.type === 'rate') return whyNoRating(record, step.caller ?? null)
  return step.type === 'visit' ? whyNoVisit(record, step, by) : null
}

function whyNoRating(record: CaseRecord, callerId: string | null) {
  const isTold = callersOfCase(record).some((one) => one.callerId === callerId && (callerId === null || one.wantsReply))
  return !isTold ? 'caller' : hasRated(record.life, callerId) ? 'rated' : null
}

/**
 * What came with a case that was joined goes back with it alone; a call is taken back by who took it, or by the centre;
 * and not before a later one of hers that rests upon it.
 */
function whyNotOut(record: CaseRecord, step: CaseStep & { type: 'takeOut' }, { by, party, keyOf }: StepContext) {
  const { life } = record
  const call = life.calls.find(({ callerId }) => callerId === step.caller)
  if (call === undefined) return 'caller'
  if (call.from !== null) return 'joinedCase'
  if (party !== 'centre' && call.takenBy !== by) return 'otherCall'
  return isRestedUpon(record, callsWith(life, step.caller), keyOf ?? (() => '')) ? 'calledAgain' : null
}

function whyNoVisit(record: CaseRecord, step: CaseStep & { type: 'visit' }, by: string): string | null {
  const isShe = ({ callerId }: { callerId: string | null }) => callerId === (step.caller ?? null)
  const caller = callersOfCase(record).find(isShe)
  if (caller === undefined) return 'caller'
  // Nobody asks the citizen about her own work, and nobody rates who was not reached.
  if (by === caller.takenBy) return 'ownCall'
  if (record.state !== 'answered' && !owedCallers(record).some(isShe)) return record.state
  return !step.reached && (step.rating !== null || step.solved !== null) ? 'notReached' : null
}

/** Decides a step: the event that follows, `forbidden` to who may never take it, `illegalTransition` where it cannot be now. */
export function decideStep(record: CaseRecord, step: CaseStep, context: StepContext): Result<CaseEvent[]> {
  const { by: whose, from, to, unless } = caseSteps[step.type]
  if (!whose.includes(context.party)) return fail('forbidden', step.type)
  if (!from.includes(record.state)) return fail('illegalTransition', record.state)
  const detail = unless?.(record) ?? whyNot(record, step, context)
  if (detail !== null) return fail('illegalTransition', detail)
  const { at, by, unit } = context
  const event = { type: 'caseStepped', step, state: to ?? record.state, unit, at, by } as const
  if (step.type !== 'takeOut') return ok([event])
  return ok([{ ...event, left: callsWith(record.life, step.caller).map(({ callerId }) => callerId) }])
}

/** The steps that somebody may take now; the words of a step may still be refused (an empty reason, the same unit). */
export function stepsOpen(record: CaseRecord, party: Party): StepType[] {
  return stepTypes.filter((type) => {
    const { by, from, unless } = caseSteps[type]
    return by.includes(party) && from.includes(record.state) && (unless?.(record) ?? null) === null
  })
}

export const stepTypes = Object.keys(caseSteps) as StepType[]
