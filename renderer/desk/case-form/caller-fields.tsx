import { Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maskNumber } from '../../../shared/phone-number.ts'
import { refuseLongPaste } from '../stores/paste-note.ts'
import { doubtId } from './doubt.tsx'
import { useField } from './use-field.ts'
import css from './fields.module.css'

/** Who calls. The number is whole only while the cursor is in it: nobody reads it over a shoulder. */
export function CallerFields() {
  const { t } = useTranslation()
  const name = useField('callerName')
  const phone = useField('callerPhone')
  const [editing, setEditing] = useState(false)
  const masked = editing || phone.problem !== null ? phone.value : maskNumber(phone.value) || phone.value
  return (
    <div className={css.caller}>
      <Input
        id={name.id}
        value={name.value}
        maxLength={200}
        placeholder={t('form.callerHint')}
        onPaste={(event) => refuseLongPaste(event, t('form.caller'), 200)}
        onChange={(event) => name.change(event.currentTarget.value)}
      />
      <Input
        id={phone.id}
        aria-label={t('form.phone')}
        value={masked}
        maxLength={64}
        inputMode="tel"
        aria-describedby={doubtId('callerPhone')}
        placeholder={phone.problem ?? t('form.phone')}
        error={phone.problem !== null}
        onFocus={() => setEditing(true)}
        onBlur={() => setEditing(false)}
        onChange={(event) => phone.change(event.currentTarget.value)}
      />
    </div>
  )
}
