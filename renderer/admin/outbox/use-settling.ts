import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, done } from '../../page/api.ts'
import type { Outcome } from '../outcome.tsx'

/** Takes messages off their lists by what a person has done instead; and what became of the last one. */
export function useSettling(onChanged: () => void) {
  const { t } = useTranslation('admin')
  const [outcome, setOutcome] = useState<Outcome>(null)
  const settle = async (id: string, reason: string) => {
    const answer = await ask(done, `/messages/${id}/settle`, { method: 'POST', json: { reason } })
    setOutcome(answer.ok ? { words: t('outbox.settled') } : { failure: answer.error })
    onChanged()
  }
  return { outcome, setOutcome, settle }
}
