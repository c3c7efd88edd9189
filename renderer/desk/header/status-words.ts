/** What the phone is doing, in the operator's words. */
import type { TFunction } from 'i18next'
import { isUp } from '../../../shared/call/call.ts'
import { wrapUpUntil } from '../../../shared/call/operator-status.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import type { Shape } from '../../ui/status-shape.tsx'

type Shown = {
  readonly shape: Shape
  readonly tone: 'ok' | 'brand' | 'warn' | 'bad' | 'quiet'
  readonly words: string
  readonly since: number | null
  /** When it ought to be over; absent where nothing limits it. */
  readonly until?: number | null
}

/** What the phone is doing, in one word, one shape and one colour. */
export function statusOf(snapshot: PhoneSnapshot | null, phoneUp: boolean, t: TFunction): Shown {
  if (!phoneUp) return { shape: 'half', tone: 'bad', words: t('sync.phoneDown'), since: null }
  if (snapshot === null) return { shape: 'hollow', tone: 'bad', words: t('status.unregistered'), since: null }
  const { call, operator, line } = snapshot
  if (isUp(call)) {
    // As central is told it (O9): nobody is spoken with.
    if (operator.status === 'held' && call.phase !== 'ringing' && call.phase !== 'ending')
      return { shape: 'bars', tone: 'warn', words: t('status.held'), since: operator.since }
    switch (call.phase) {
      case 'ringing':
        return { shape: 'bell', tone: 'brand', words: t('status.ringing'), since: call.ringAt }
      case 'dialling':
        return { shape: 'bell', tone: 'brand', words: t('lines.dialling'), since: call.ringAt }
      case 'answering':
        return { shape: 'half', tone: 'brand', words: t('status.answering'), since: null }
      case 'connected':
        return { shape: 'half', tone: 'warn', words: t('status.confirming'), since: call.answeredAt }
      case 'talking':
        return { shape: 'disc', tone: 'ok', words: t('status.talking'), since: call.answeredAt }
      default:
        return { shape: 'half', tone: 'quiet', words: t('status.ending'), since: null }
    }
  }
  const since = operator.since || null
  switch (operator.status) {
    case 'wrapUp':
      return {
        shape: 'square',
        tone: 'warn',
        words: t('status.wrapUp'),
        since,
        until: wrapUpUntil(operator, snapshot.wrapUpSeconds),
      }
    case 'away':
      return {
        shape: 'bars',
        tone: 'warn',
        words: t('status.awayFor', { reason: t(`status.reason.${operator.away ?? 'other'}`) }),
        since,
      }
    case 'ready':
      return { shape: 'disc', tone: 'ok', words: t('status.ready'), since }
    default:
      return line === 'connecting'
        ? { shape: 'half', tone: 'quiet', words: t('status.registering'), since: null }
        : { shape: 'hollow', tone: 'bad', words: t('status.unregistered'), since }
  }
}
