import { useTranslation } from 'react-i18next'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { countUp } from '../../ui/format-time.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useCall } from '../stores/call-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import { statusOf } from './status-words.ts'
import css from './status-pill.module.css'

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
