import { Button } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'

const LONGEST_REASON = 500

/** Somebody has told her: what was done is asked for before it is off the list. */
export function Told({ onTold }: { readonly onTold: (reason: string) => void }) {
  const { t } = useTranslation('admin')
  const [reason, setReason] = useState<string | null>(null)
  if (reason === null) return <Button onClick={() => setReason('')}>{t('outbox.told')}</Button>
  const ready = reason.trim() !== ''
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onTold(reason.trim())
  }
  return (
    <form className={css.line} onSubmit={onSubmit}>
      <TextField
        required
        label={t('outbox.toldHow')}
        hint={t('outbox.toldHint')}
        value={reason}
        maxLength={LONGEST_REASON}
        onChange={setReason}
      />
      <Button type="submit" disabled={!ready}>
        {t('save')}
      </Button>
      <Button onClick={() => setReason(null)}>{t('cancel')}</Button>
    </form>
  )
}
