/** Which messages follow from what became of a case (rules M1). Pure: written down with the fact, sent later. */
import type { CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import type { MessageKind } from '../../shared/case/message-kind.ts'
import { hasRated } from '../../shared/case/steps.ts'
import { deadlineOfCase, type DeadlineRules } from '../../shared/case/standing.ts'
import { owedId } from '../outbox/fact-id.ts'
import type { NewOwed } from '../outbox/sql.ts'

/** What is older is no news to her: a desk that was away for long, or a restore, brings it. */
const OLDEST_MS = 3 * 24 * 3_600_000

/** Somebody who called besides who opened the case: under which number she knows it, and whether hers was a report. */
export type Besides = { readonly callerId: string; readonly from: string | null; readonly report: boolean }
/** What is kept for the words; `due` in ms. To who opened the case where nobody is named. */
export type MessageData = {
  readonly due?: number
  readonly words?: string
  readonly channel?: string
  readonly to?: Besides
}

type Told = { readonly kind: MessageKind; readonly data: MessageData }

function toldOf(event: CaseEvent, record: CaseRecord, rules: DeadlineRules, now: number): Told | null {
  const due = () => {
    const at = deadlineOfCase(record, 'answer', rules)?.due ?? null
    // A day that is over is promised to nobody.
    return at === null || at <= now ? {} : { due: at }
  }
  if (event.type === 'caseReplied') {
    // Who wants no reply is told nothing.
    if (event.state === 'toDispatch') return { kind: 'accepted', data: due() }
    return event.state === 'repliedAtOnce' ? { kind: 'replied', data: { words: record.groups.reply.text } } : null
  }
  if (event.type !== 'caseStepped') return null
  const { step } = event
  switch (step.type) {
    case 'answer':
      return { kind: 'answered', data: { words: step.text } }
    case 'grantExtension':
      return { kind: 'extended', data: due() }
    case 'decline':
      return { kind: 'declined', data: { words: step.reason, channel: step.channel } }
    case 'settle':
      return { kind: 'settled', data: {} }
    default:
      return null
  }
}

/** What each who called about it is told; all else is for who opened it. */
const forAll: ReadonlySet<MessageKind> = new Set(['answered', 'declined', 'extended', 'settled'])

const besidesOf = ({ life }: CaseRecord, secret: ReadonlySet<string>): Besides[] =>
  life.calls
    .slice(life.handedOver)
    .filter(({ wantsReply }) => wantsReply)
    .map(({ callerId, from }) => ({ callerId, from, report: secret.has(callerId) }))

/** An event that was just written; `record` is its case after the whole batch. */
export type Fact = {
  readonly event: CaseEvent
  readonly mutationId: string
  readonly revision: number
  readonly record: CaseRecord
  /** When it came about, in ms, where the event is dated earlier. */
  readonly newsAt?: number | undefined
}

/** By which deadlines; and who of those who called besides reports something, as her own case stands by now. */
export type OwedBy = { readonly rules: DeadlineRules; readonly secret: ReadonlySet<string> }

/** The messages that follow from these facts; `now` is central's time in ms. */
export function messagesOwed(facts: readonly Fact[], { rules, secret }: OwedBy, now: number): NewOwed[] {
  return facts.flatMap(({ event, mutationId, revision, record, newsAt = event.at }) => {
    const told = newsAt < now - OLDEST_MS ? null : toldOf(event, record, rules, now)
    if (told === null) return []
    const { kind, data } = told
    const { caseId, secret: isReport } = record
    const besides = forAll.has(kind) ? besidesOf(record, secret) : []
    // Who has rated it, at her visit or by a message, is not asked to.
    const addressees = [null, ...besides].filter(
      (to) => kind !== 'settled' || !hasRated(record.life, to?.callerId ?? null),
    )
    return addressees.map((to) => ({
      ...{ id: owedId('message', to?.callerId ?? '', mutationId, kind), channel: 'message', target: '', kind },
      ...{ caseId, revision, at: event.at },
      // Of a report no word is kept here either.
      data: { ...(isReport || to?.report === true ? { due: data.due } : data), ...(to === null ? {} : { to }) },
    }))
  })
}
