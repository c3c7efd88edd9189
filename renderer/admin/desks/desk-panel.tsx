import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AdminDevice } from '../../../shared/admin/devices-page.ts'
import { ask, done } from '../../page/api.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { PanelHead } from '../asked-panel.tsx'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SureButton } from '../sure-button.tsx'

type Props = { readonly device: AdminDevice; readonly onChanged: () => void }

/** One desk: when it was enrolled and last heard, in which version, and its end. */
export function DeskPanel({ device, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const { deviceId, kind, name, team, deskCode, enrolledAt, seenAt, version, revokedAt } = device
  const [outcome, setOutcome] = useState<Outcome>(null)
  const revoke = async () => {
    const answer = await ask(done, `/admin/devices/${deviceId}/revoke`, { method: 'POST', json: {} })
    setOutcome(answer.ok ? { words: t('desks.done') } : { failure: answer.error })
    onChanged()
  }
  const facts = [
    t(`desks.kind.${kind}`),
    ...(team === null ? [] : [`${t('desks.team')} ${team}`]),
    ...(deskCode === null ? [] : [`${t('desks.deskCode')} ${deskCode}`]),
    t('desks.enrolled', { time: dayAndTime(enrolledAt) }),
    seenAt === null ? t('desks.neverSeen') : t('desks.seen', { time: dayAndTime(seenAt) }),
    version === null ? t('desks.noVersion') : t('desks.version', { version }),
    ...(revokedAt === null ? [] : [t('desks.revokedAt', { time: dayAndTime(revokedAt) })]),
  ]
  return (
    <div className={css.panel}>
      <PanelHead view="desks" title={name === '' ? deviceId.slice(0, 8) : name} />
      {facts.map((fact) => (
        <p key={fact} className={css.note}>
          {fact}
        </p>
      ))}
      <p className={css.note}>{deviceId}</p>
      {revokedAt === null && (
        <div className={css.row}>
          <SureButton words={t('desks.revoke')} sure={t('desks.revokeSure')} onSure={() => void revoke()} />
        </div>
      )}
      <OutcomeWords outcome={outcome} />
    </div>
  )
}
