import { useTranslation } from 'react-i18next'
import { emergencyNumbers } from '../../../shared/call/dial-plan.ts'
import { isAnswered } from '../../../shared/call/call.ts'
import type { EmergencyWord } from '../../../shared/script/emergency-words.ts'
import { PromptView } from '../../ui/prompt-view.tsx'
import { useNow } from '../../ui/use-now.ts'
import { perform } from '../actions.ts'
import { keyShown } from '../keys/key-map.ts'
import { speakIn, useActivity } from '../stores/activity-store.ts'
import { useCall } from '../stores/call-store.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { useScriptRules } from '../stores/tables-store.ts'
import { promptOf } from './speaking.ts'

/** What to say now: the largest words on the desk. */
export function PromptPanel() {
  const { t, i18n } = useTranslation()
  const activity = useActivity()
  const snapshot = useCall((state) => state.snapshot)
  const open = useDraft((draft) => draft.open)
  const { script } = useScriptRules()
  const talking = isAnswered(snapshot?.call ?? null)
  const now = useNow(talking)
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const prompt = promptOf({ snapshot, activity, open, script }, language, now)
  const warnings = snapshot?.call?.care.warnings.length ?? 0
  const { danger } = activity
  const dangerHint = ({ word, service }: EmergencyWord) =>
    t('script.danger', { word, service, key: keyShown('emergency'), digit: emergencyNumbers.indexOf(service) + 1 })
  const form = formOf({ open })
  const address = [form.district, form.street, form.address].filter(Boolean).join(' ')
  // Whom the citizen is put through to asks where she is before all else.
  const where = address === '' ? t('script.noAddress') : t('script.address', { address })
  const emergency = prompt.moment === 'emergency'
  const warned = prompt.moment.startsWith('abuse')
  const bringIn = emergency ? (danger?.words.map(dangerHint) ?? []) : []
  return (
    <PromptView
      prompt={prompt}
      spoken={activity.tongue ?? language}
      language={language}
      talking={talking}
      instead={warned ? [t('care.withdraw', { n: warnings, key: keyShown('withdrawWarning') })] : bringIn}
      next={prompt.moment === 'abuseEnd' ? t('care.hangUpNow', { key: keyShown('hangUp') }) : null}
      hint={emergency ? where : null}
      keys={{ said: keyShown('said'), tongue: keyShown('tongue') }}
      onSaid={() => perform('said')}
      onSpeakIn={speakIn}
    />
  )
}
