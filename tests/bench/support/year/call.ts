/** One call of the year: what its desk sends of it, and what the exchange tells. */
import type { CallFact } from '../../../../shared/call/call-fact.ts'
import type { ReplyMode } from '../../../../shared/case/case-record.ts'
import type { CaseKind } from '../../../../shared/case/case-kind.ts'
import { shippedBook } from '../../../../shared/case/classes.ts'
import type { LegEvent } from '../../../../shared/ledger/leg-event.ts'
import type { LegOutcome } from '../../../../shared/ledger/outcome.ts'
import type { Mutation } from '../../../../shared/sync/protocol.ts'
import { caseTexts, createDice } from '../texts.ts'
import type { Course } from './plan.ts'

/** A case that an earlier call led to, as whoever amends it knows it. */
export type KnownCase = { readonly caseId: string; readonly phone: string }

export type YearCall = {
  readonly index: number
  readonly course: Course
  readonly at: number
  readonly phone: string
  /** Of a call that leads to a case: its kind, and its number. */
  readonly kind: CaseKind | null
  readonly caseNo: string | null
  /** The case that it adds to, where it does. */
  readonly amends: KnownCase | null
  /** Who takes it. */
  readonly staffNo: string
  readonly extension: string
}

export type Traffic = {
  readonly mutations: readonly Mutation[]
  readonly events: readonly LegEvent[]
  readonly opened: KnownCase | null
  readonly outcome: LegOutcome
}

const modes = {
  turnedOver: 'later',
  repliedAtOnce: 'atOnce',
  noReplyWanted: 'notWanted',
} as const satisfies Partial<Record<Course, ReplyMode>>
const isOpening = (course: Course): course is keyof typeof modes => course in modes

const outcomes: Readonly<Record<Course, LegOutcome>> = {
  turnedOver: 'newCase',
  repliedAtOnce: 'newCase',
  noReplyWanted: 'newCase',
  amended: 'caseAmended',
  handedOver: 'handedOver',
  silent: 'silent',
  wrongNumber: 'wrongNumber',
  abuse: 'abuse',
  calledBack: 'calledBack',
  calledAgain: 'calledAgain',
  notReached: 'notReached',
  withheld: 'cannotCallBack',
  byHand: 'settledByHand',
}

/** Whether somebody answers. */
export const isAnswered = (course: Course): boolean =>
  !['calledBack', 'calledAgain', 'notReached', 'withheld', 'byHand'].includes(course)

/** The class of the `index`th call's matter. */
export const codeOf = (index: number): string =>
  shippedBook.offered[(index * 7919) % shippedBook.offered.length]?.code ?? ''

const S = 1000
/** The desk calls back so much later; tries in vain have so much between them. */
const BACK_MS = 20 * 60_000

/** Makes a call; the same arguments give the same call, every id in it too. */
export function makeCall(call: YearCall): Traffic {
  const { index, course, at, phone, staffNo } = call
  const dice = createDice(index + 77_000_000)
  const leg = `${Math.floor(at / S)}.${index}`
  const talk = (30 + dice.next(240)) * S
  const answeredAt = at + (4 + dice.next(9)) * S
  const endedAt = isAnswered(course) ? answeredAt + talk : at + (15 + dice.next(30)) * S

  /** A UUIDv7 of that moment (RFC 9562, section 5.7) from the seed. */
  const idAt = (moment: number) => {
    const hex = (digits: number) => dice.next(16 ** digits).toString(16)
    const time = moment.toString(16).padStart(12, '0')
    const [a, b, c, d] = [hex(3).padStart(3, '0'), hex(3).padStart(3, '0'), hex(6).padStart(6, '0'), hex(6)]
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-8${b}-${c}${d.padStart(6, '0')}`
  }
  const mutations: Mutation[] = []
  const send = (moment: number, body: Mutation['body']) => {
    const id = idAt(moment)
    mutations.push({ id, at: moment, author: staffNo, session: null, body })
    return id
  }
  const fact = (one: CallFact) => void send(one.at, { kind: 'call', fact: one })

  const texts = caseTexts(index)
  const caseId = isOpening(course) ? idAt(answeredAt) : null
  const offered = () => fact({ callId: leg, kind: 'offered', at: at + 3 * S, number: phone, queue: '12345' })

  function openCase(kind: CaseKind, caseNo: string, mode: ReplyMode, id: string): void {
    const callerId = idAt(answeredAt)
    const reply = { mode, text: mode === 'atOnce' ? texts.reply : '', articles: [] }
    const opened = send(endedAt - 5 * S, {
      kind: 'case',
      command: {
        type: 'case.open',
        caseId: id,
        caseNo,
        callId: leg,
        groups: {
          classification: { kind, code: codeOf(index) },
          place: { district: texts.address.slice(0, 3), street: null, address: texts.address },
          caller: { callerId },
          content: { text: texts.content },
          reply,
        },
      },
      caller: { callerId, name: `来电人${index}`, phone },
    })
    const base = { mutation: opened }
    send(endedAt - 5 * S, {
      kind: 'case',
      command: { type: 'case.reply', caseId: id, base, reply },
      caller: null,
    })
  }

  function answered(): void {
    offered()
    fact({ callId: leg, kind: 'answered', at: answeredAt })
    fact({ callId: leg, kind: 'talking', at: answeredAt + 100 })
    if (caseId !== null && call.kind !== null && call.caseNo !== null && isOpening(course))
      openCase(call.kind, call.caseNo, modes[course], caseId)
    if (call.amends !== null) {
      const edits = [{ group: 'content' as const, value: { text: `${texts.content}（来电补充）` } }]
      const command = { type: 'case.edit', caseId: call.amends.caseId, base: { revision: 2 }, edits } as const
      send(endedAt - 5 * S, { kind: 'case', command, caller: null })
    }
    if (course === 'handedOver') fact({ callId: leg, kind: 'transferred', at: endedAt, to: '8101', how: 'attended' })
    fact({
      ...{ callId: leg, kind: 'ended', at: endedAt },
      outcome: course === 'handedOver' ? 'transferred' : 'completed',
    })
    if (caseId !== null) fact({ callId: leg, kind: 'settled', at: endedAt + S, outcome: 'newCase', caseId })
    if (course === 'silent' || course === 'wrongNumber' || course === 'abuse')
      fact({ callId: leg, kind: 'settled', at: endedAt + S, outcome: course, caseId: null })
  }

  /** A desk dials what is owed; reached or not. */
  function callBack(nth: number, reached: boolean): void {
    const callId = `${leg}-back-${nth}`
    const began = endedAt + nth * BACK_MS
    fact({ callId, kind: 'dialled', at: began, number: phone, purpose: 'citizen', paysBack: leg })
    if (reached) {
      fact({ callId, kind: 'answered', at: began + 8 * S })
      fact({ callId, kind: 'talking', at: began + 8 * S + 100 })
    }
    fact({ callId, kind: 'ended', at: began + 60 * S, outcome: reached ? 'completed' : 'failed' })
  }

  if (isAnswered(course)) answered()
  else if (index % 2 === 0) {
    // It rang at a desk, in vain.
    offered()
    fact({ callId: leg, kind: 'ended', at: endedAt, outcome: 'missed' })
  }
  if (course === 'calledBack') callBack(1, true)
  if (course === 'notReached') for (const nth of [1, 2, 3]) callBack(nth, false)

  const opened = caseId === null ? null : { caseId, phone }
  return { mutations, events: legEvents(call, leg, { answeredAt, endedAt }), opened, outcome: outcomes[course] }
}

/** What the exchange tells of it. */
function legEvents(
  { index, course, at, phone, extension }: YearCall,
  leg: string,
  { answeredAt, endedAt }: { readonly answeredAt: number; readonly endedAt: number },
): LegEvent[] {
  const line = { leg, line: `${leg}-${extension}`, extension }
  const rang = isAnswered(course) || index % 2 === 0
  const events: LegEvent[] = [
    { kind: 'began', leg, at, number: phone, called: '12345' },
    { kind: 'queued', leg, at: at + 2 * S, queue: '12345' },
  ]
  if (rang) events.push({ kind: 'rang', ...line, at: at + 3 * S })
  if (isAnswered(course)) events.push({ kind: 'spoke', ...line, at: answeredAt })
  if (rang) events.push({ kind: 'lineEnded', leg, line: line.line, at: endedAt })
  // One in three rates the call: 49 of 50 are satisfied.
  if (isAnswered(course) && course !== 'handedOver' && index % 3 === 0)
    events.push({ kind: 'rated', leg, at: endedAt + 9 * S, level: ratingOf(index) })
  events.push({ kind: 'ended', leg, at: endedAt + (isAnswered(course) ? 10 * S : 0), by: 'citizen' })
  return events
}

const ratingOf = (index: number): number => (index % 50 === 0 ? 2 : index % 4 === 0 ? 4 : 5)
