import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { madeCodeSchema, type MadeCode, type openCodeSchema } from '../../../shared/admin/devices-page.ts'
import { ask } from '../../page/api.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { PanelHead } from '../asked-panel.tsx'
import { TextField } from '../field.tsx'
import type { Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SubmitForm } from '../submit-form.tsx'
import { Secret } from '../told-once.tsx'

type Props = { readonly codes: readonly z.infer<typeof openCodeSchema>[]; readonly onChanged: () => void }

/** A code for one desk, shown once; below it those that wait for their desk. */
export function NewCodePanel({ codes, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const [name, setName] = useState('')
  const [team, setTeam] = useState('')
  const [made, setMade] = useState<MadeCode | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const ready = name.trim() !== ''
  const send = async () => {
    const answer = await ask(madeCodeSchema, '/admin/devices/codes', { method: 'POST', json: { name, team } })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    setOutcome(null)
    setMade(answer.value)
    setName('')
    onChanged()
  }
  return (
    <SubmitForm
      words={t('desks.make')}
      ready={ready}
      onSend={send}
      outcome={outcome}
      look="panel"
      below={<OpenCodes codes={codes} />}
    >
      <PanelHead view="desks" title={t('desks.newCode')} />
      <p className={css.note}>{t('desks.newCodeNote')}</p>
      {made !== null && (
        <div className={css.told} data-testid="told">
          <b>{t('desks.codeOnce', { time: dayAndTime(made.expiresAt) })}</b>
          <Secret key={made.code} label={t('desks.code')} shown={made.code} copied={made.code} />
        </div>
      )}
      <div className={css.fields}>
        <TextField
          required
          label={t('desks.name')}
          value={name}
          maxLength={60}
          hint={t('desks.nameHint')}
          onChange={setName}
        />
        <TextField label={t('desks.team')} value={team} maxLength={40} onChange={setTeam} />
      </div>
      <p className={css.note}>{t('desks.teamHint')}</p>
    </SubmitForm>
  )
}

/** The codes that wait for their desk. */
function OpenCodes({ codes }: Pick<Props, 'codes'>) {
  const { t } = useTranslation('admin')
  return (
    <>
      {codes.length > 0 && <h3>{t('desks.codes')}</h3>}
      {codes.map((code) => (
        <p key={`${code.name} ${code.expiresAt}`} className={css.note}>
          {t('desks.codeOpen', { name: code.name, time: dayAndTime(code.expiresAt) })}
        </p>
      ))}
    </>
  )
}
