import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventData } from '../../../shared/ipc.ts'
import { on } from '../../ui/bridge.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import meter from '../../ui/meter.module.css'
import css from './level-meters.module.css'

/** Speech spans some 50 dB: on a straight scale a quiet caller would not move the bar. */
function onScale(level: number): number {
  return level <= 0 ? 0 : Math.min(1, Math.max(0, (20 * Math.log10(level) + 55) / 50))
}

/** Whether both are heard; drawn beside React, because it changes many times a second. */
export function LevelMeters({ muted }: { readonly muted: boolean }) {
  const { t } = useTranslation()
  const citizen = useRef<HTMLMeterElement>(null)
  const operator = useRef<HTMLMeterElement>(null)
  const phoneUp = useSync(isPhoneUp)
  useEffect(() => {
    const show = (levels: EventData<'phone.levels'>) => {
      if (citizen.current) citizen.current.value = onScale(levels.citizen)
      if (operator.current) operator.current.value = onScale(levels.operator)
    }
    if (phoneUp) return on('phone.levels', show)
    // Nobody is heard any more: bars that stood still would say so.
    show({ citizen: 0, operator: 0 })
  }, [phoneUp])
  return (
    <div className={css.levels} role="group" aria-label={t('call.levels')}>
      <span>{t('call.citizen')}</span>
      <meter ref={citizen} className={meter.meter} data-tone="ok" aria-label={t('call.citizen')} />
      <span data-muted={muted || undefined}>{muted ? t('call.muted') : t('call.operator')}</span>
      <meter ref={operator} className={meter.meter} data-muted={muted || undefined} aria-label={t('call.operator')} />
    </div>
  )
}
