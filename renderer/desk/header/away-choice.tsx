import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { awayChoices } from '../../../shared/call/operator-status.ts'
import { DigitChoice } from '../../ui/digit-choice.tsx'
import { goAway } from '../actions.ts'
import { deskState, extendWrapUp, useCall } from '../stores/call-store.ts'
import { closeAway, usePanels } from '../stores/panel-store.ts'
import css from './away-choice.module.css'

/** The small choice of F8: why away; in a wrap-up with a limit, also to have it once more (rule O6). */
export function AwayChoice() {
  const { t } = useTranslation()
  const open = usePanels(({ away }) => away)
  const mayExtend = useCall(({ snapshot }) => {
    if (snapshot === null || deskState(snapshot) !== 'wrapUp') return false
    return snapshot.wrapUpSeconds > 0 && !snapshot.operator.extended
  })
  const mayLeave = useCall(({ snapshot }) => ['idle', 'wrapUp', 'away'].includes(deskState(snapshot)))
  // A call that comes takes the choice away for good: it does not stand there again when the call is over.
  useEffect(() => {
    if (!mayLeave) closeAway()
  }, [mayLeave])
  if (!open || !mayLeave) return null
  const reasons = awayChoices.map((reason) => ({
    key: reason,
    words: t(`status.reason.${reason}`),
    choose: () => goAway(reason),
  }))
  const extend = { key: 'extend', words: t('status.extend'), choose: extendWrapUp }
  return (
    <div className={css.place}>
      <DigitChoice
        title={t('status.chooseAway')}
        hint={t('status.chooseHint')}
        testId="away-choice"
        options={mayExtend ? [...reasons, extend] : reasons}
        close={closeAway}
      />
    </div>
  )
}
