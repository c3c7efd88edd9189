/** How a call stands, in the operator's words. */
import type { TFunction } from 'i18next'
import { isHeardEarly, isRingingThere } from '../../../shared/call/before-answer.ts'
import { isAnswered, isHeld, isUp, type Call } from '../../../shared/call/call.ts'
import type { Lines } from '../../../shared/call/lines.ts'
import { maskNumber } from '../../../shared/phone-number.ts'

/** The kinds of refusal of a dialled call, by SIP status (RFC 3261 section 21). */
const failures = new Map<
  number,
  'busy' | 'noAnswer' | 'declined' | 'wrongNumber' | 'lineFault' | 'forbidden' | 'cancelled'
>([
  [486, 'busy'],
  [600, 'busy'],
  [408, 'noAnswer'],
  [480, 'noAnswer'],
  [603, 'declined'],
  [404, 'wrongNumber'],
  [484, 'wrongNumber'],
  [604, 'wrongNumber'],
  [500, 'lineFault'],
  [502, 'lineFault'],
  [503, 'lineFault'],
  [504, 'lineFault'],
  [403, 'forbidden'],
  [487, 'cancelled'],
])

/** Why a dialled call or a hand-over did not come to be. */
export function failureWords(status: number | null, t: TFunction): string {
  if (status === null) return t('dial.failed.unknown')
  const kind = failures.get(status)
  return kind ? t(`dial.failed.${kind}`) : t('dial.failed.other', { status })
}

/** How the call that is over ended. */
export function endWords({ direction, outcome, status }: Call, t: TFunction): string {
  if (outcome === null) return ''
  return outcome === 'failed' && direction === 'out' ? failureWords(status, t) : t(`call.ended.${outcome}`)
}

export type LineSign = {
  readonly tone: 'warn' | 'brand' | 'ok'
  readonly words: string
  /** Since when, where that is counted. */
  readonly since?: number | null
}

const unanswered = (call: Call) => (isHeardEarly(call) ? 'early' : isRingingThere(call) ? 'ringsThere' : 'connecting')

/** What is to be known at a glance of the call in front, besides that it is up; null for a plain one. */
export function signOf({ call, joined, completing }: Lines, t: TFunction): LineSign | null {
  if (!isUp(call)) return null
  if (completing !== null) return { tone: 'brand', words: t('lines.completing') }
  if (isAnswered(call) && isHeld(call)) {
    return { tone: 'warn', words: t(call.hold.refused ? 'lines.notBack' : 'lines.held'), since: call.hold.since }
  }
  if (joined) return { tone: 'ok', words: t('lines.joined') }
  if (call.phase !== 'dialling') return null
  return { tone: 'brand', words: t(`lines.${unanswered(call)}`) }
}

/** How the call beside the citizen's stands. */
export function besideWords(beside: Call, joined: boolean, t: TFunction): string {
  if (!isUp(beside)) return endWords(beside, t)
  if (beside.phase === 'ending') return t('lines.phase.ending')
  if (!isAnswered(beside)) return t(`lines.phase.${unanswered(beside)}`)
  if (isHeld(beside)) return t(beside.hold.refused ? 'lines.notBack' : 'lines.phase.held')
  return t(joined ? 'lines.phase.joined' : 'lines.phase.talking')
}

/** Extensions and services are no secret; a citizen's number is shown masked. */
export function shownNumber({ number }: Call['caller'], t: TFunction): string {
  return maskNumber(number) || t('call.hiddenNumber')
}
