import { useTranslation } from 'react-i18next'
import { type Call, isUp } from '../../../shared/call/call.ts'
import { minutesOf } from '../../ui/format-time.ts'
import { QualitySign } from '../sound/quality-sign.tsx'
import css from './caller-card.module.css'

/** How the call sounds, and what was marked of it: one row of small signs. */
export function CareSigns({ call }: { readonly call: Call }) {
  const { t } = useTranslation()
  const { warnings, recording } = call.care
  return (
    <div className={css.signs}>
      {isUp(call) && <QualitySign callId={call.caller.callId} />}
      <span role="status" className={css.marks}>
        {recording.pausedAt !== null && (
          <span className={css.sign} data-tone="warn" title={t('care.pausedHint')} data-testid="recording-paused">
            {t('care.paused')}
          </span>
        )}
        {warnings.length > 0 && (
          <span
            className={css.sign}
            data-tone="bad"
            title={t('care.warnedAt', { times: minutesOf(warnings, t('care.separator')) })}
            data-testid="warnings"
          >
            {t('care.warned', { n: warnings.length })}
          </span>
        )}
      </span>
    </div>
  )
}
