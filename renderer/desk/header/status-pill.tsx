import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { isUp } from '../../../shared/call/call-machine.ts'
import { wrapUpUntil } from '../../../shared/call/operator-status.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { countUp } from '../../ui/format-time.ts'
import { StatusShape, type Shape } from '../../ui/status-shape.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useCall } from '../stores/call-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import css from './status-pill.module.css'

type Shown = {
  readonly shape: Shape
  readonly tone: 'ok' | 'brand' | 'warn' | 'bad' | 'quiet'
  readonly words: string
  readonly since: number | null
  /** When it ought to be over; absent where nothing limits it. */
  readonly until?: number | null
}

/** What the phone is doing, in one word, one shape and one colour. */
function statusOf(snapshot: PhoneSnapshot | null, phoneUp: boolean, t: TFunction): Shown {
  if (!phoneUp) return { shape: 'half', tone: 'bad', words: t('sync.phoneDown'), since: null }
  if (snapshot === null) return { shape: 'hollow', tone: 'bad', words: t('status.unregistered'), since: null }
  const { call, operator, line } = snapshot
  if (isUp(call)) {
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

/** What the exchange's queue did not take, where it differs from the status; null where it does not. */
function queueRefused(snapshot: PhoneSnapshot | null): 'queueNotIn' | 'queueNotPaused' | null {
  if (snapshot?.queue !== 'refused') return null
  return snapshot.operator.status === 'ready' ? 'queueNotIn' : 'queueNotPaused'
}

/** The status of the operator, counting up. */
export function StatusPill() {
  const { t } = useTranslation()
  const snapshot = useCall((state) => state.snapshot)
  const { shape, tone, words, since, until = null } = statusOf(snapshot, useSync(isPhoneUp), t)
  const now = useNow(since !== null)
  const queue = queueRefused(snapshot)
  const over = until !== null && now >= until
  return (
    <span className={css.pill} data-testid="status" data-tone={over ? 'bad' : tone}>
      <StatusShape shape={shape} />
      <span role="status" aria-label={t('status.label')}>
        {over ? t('status.over') : words}
      </span>
      {since !== null && <span className={css.count}>{countUp(since, now)}</span>}
      {since !== null && until !== null && !over && (
        <>
          <span className={css.count}>−{countUp(now, until)}</span>
          <progress className={css.left} aria-label={t('status.left')} max={until - since} value={until - now} />
        </>
      )}
      {queue !== null && (
        <span className={css.queue} role="alert">
          {t(`status.${queue}`)}
        </span>
      )}
    </span>
  )
}
