import { useTranslation } from 'react-i18next'
import type { NoMatter } from '../../../shared/call/call-fact.ts'
import { DigitChoice } from '../../ui/digit-choice.tsx'
import { canSettle, settleCall } from '../actions.ts'
import { closeNoMatter, usePanels } from '../stores/panel-store.ts'

const outcomes: readonly NoMatter[] = ['silent', 'wrongNumber', 'abuse']

/** The small choice of F9. */
export function NoMatterChoice() {
  const { t } = useTranslation()
  const open = usePanels(({ noMatter }) => noMatter)
  if (!open) return null
  const options = outcomes.map((outcome) => ({
    key: outcome,
    words: t(`call.noMatter.${outcome}`),
    choose: () => void (canSettle() && settleCall(outcome)),
  }))
  return (
    <DigitChoice
      title={t('call.noMatter.title')}
      hint={t('call.noMatter.hint')}
      testId="no-matter-choice"
      options={options}
      close={closeNoMatter}
    />
  )
}
