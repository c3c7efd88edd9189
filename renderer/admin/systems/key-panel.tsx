import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { madeKeySchema, type SystemKey } from '../../../shared/admin/systems-page.ts'
import { ask, done } from '../../page/api.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { PanelHead } from '../asked-panel.tsx'
import { TextField } from '../field.tsx'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SubmitForm } from '../submit-form.tsx'
import { SureButton } from '../sure-button.tsx'
import { UnitField } from '../unit-field.tsx'
import { ToldSecret } from './told-secret.tsx'

const LONGEST_NAME = 100
type Changed = { readonly onChanged: () => void }

/** One key: whose it is, since when, and its end. */
export function KeyPanel({ systemKey, onChanged }: Changed & { readonly systemKey: SystemKey }) {
  const { t } = useTranslation('admin')
  const { keyId, unit, unitName, name, createdAt, createdBy, revokedAt } = systemKey
  const [outcome, setOutcome] = useState<Outcome>(null)
  const revoke = async () => {
    const answer = await ask(done, `/systems/keys/${keyId}`, { method: 'DELETE' })
    setOutcome(answer.ok ? { words: t('systems.revokeDone') } : { failure: answer.error })
    onChanged()
  }
  const facts = [
    unitName ?? unit,
    t('systems.made', { time: dayAndTime(createdAt), by: createdBy }),
    ...(revokedAt === null ? [] : [t('systems.revokedAt', { time: dayAndTime(revokedAt) })]),
  ]
  return (
    <div className={css.panel}>
      <PanelHead view="systems" title={name} />
      {facts.map((fact) => (
        <p key={fact} className={css.note}>
          {fact}
        </p>
      ))}
      <p className={css.note}>api-{keyId.slice(0, 8)}</p>
      {revokedAt === null && (
        <div className={css.row}>
          <SureButton words={t('systems.revoke')} sure={t('systems.revokeSure')} onSure={() => void revoke()} />
        </div>
      )}
      <OutcomeWords outcome={outcome} />
    </div>
  )
}

/** A key for a unit's system, told once. */
export function NewKeyPanel({ onChanged }: Changed) {
  const { t } = useTranslation('admin')
  const [unit, setUnit] = useState('')
  const [name, setName] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const send = async () => {
    const json = { unit, name: name.trim() }
    const answer = await ask(madeKeySchema, '/systems/keys', { method: 'POST', json })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    setOutcome(null)
    setMade(answer.value.key)
    setName('')
    onChanged()
  }
  return (
    <SubmitForm
      words={t('systems.newKey')}
      ready={unit !== '' && name.trim() !== ''}
      onSend={send}
      outcome={outcome}
      look="panel"
    >
      <PanelHead view="systems" title={t('systems.newKey')} />
      <p className={css.note}>{t('systems.keyNote')}</p>
      {made !== null && <ToldSecret key={made} label={t('systems.key')} secret={made} onDone={() => setMade(null)} />}
      <div className={css.fields}>
        <UnitField value={unit} onChange={setUnit} />
        <TextField
          required
          label={t('systems.name')}
          hint={t('systems.nameHint')}
          value={name}
          maxLength={LONGEST_NAME}
          onChange={setName}
        />
      </div>
    </SubmitForm>
  )
}
