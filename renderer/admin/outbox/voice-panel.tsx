import { Button } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxPage } from '../../../shared/admin/outbox-page.ts'
import { ask, done } from '../../page/api.ts'
import lineCss from '../../page/lines.module.css'
import { TextField } from '../field.tsx'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { OwedLine } from './owed-line.tsx'

const LONGEST_REASON = 500
type Props = { readonly page: OutboxPage; readonly onChanged: () => void }

/** What somebody must say to citizens whom no message reaches; each leaves the list with a word on what was done. */
export function VoicePanel({ page: { byVoice }, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const [outcome, setOutcome] = useState<Outcome>(null)
  const settle = async (id: string, reason: string) => {
    const answer = await ask(done, `/messages/${id}/settle`, { method: 'POST', json: { reason } })
    setOutcome(answer.ok ? { words: t('outbox.settled') } : { failure: answer.error })
    onChanged()
  }
  return (
    <>
      <OutcomeWords outcome={outcome} />
      <ul className={lineCss.lines}>
        {byVoice.map((owed) => (
          <OwedLine key={owed.id} owed={owed}>
            <Told onTold={(reason) => void settle(owed.id, reason)} />
          </OwedLine>
        ))}
      </ul>
    </>
  )
}

function Told({ onTold }: { readonly onTold: (reason: string) => void }) {
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
