import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toldOnceSchema, type Person, type PersonAct } from '../../../shared/admin/people-page.ts'
import { needsCode } from '../../../shared/people/roles.ts'
import { ask } from '../../page/api.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SureButton } from '../sure-button.tsx'
import { keepTold } from '../told-once.tsx'

type Props = { readonly person: Person; readonly own: boolean; readonly onChanged: () => void }

/** The account of a person: whether it opens, and what opens it. */
export function PersonActs({ person, own, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const { staffNo, active, role, lockedUntil } = person
  const [outcome, setOutcome] = useState<Outcome>(null)
  const act = async (which: PersonAct) => {
    const path = `/admin/people/${encodeURIComponent(staffNo)}/${which}`
    const answer = await ask(toldOnceSchema, path, { method: 'POST', json: {} })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    keepTold(staffNo, answer.value)
    setOutcome({ words: t(`people.done.${which}`) })
    onChanged()
  }
  return (
    <section className={css.section} aria-label={t('people.acts')}>
      <h3>{t('people.acts')}</h3>
      <Standing person={person} />
      {!own && (
        <div className={css.row}>
          {lockedUntil !== null && <Button onClick={() => void act('unlock')}>{t('people.unlock')}</Button>}
          <SureButton
            words={t('people.resetPassword')}
            sure={t('people.resetPasswordSure')}
            onSure={() => void act('reset-password')}
          />
          {needsCode(role) && (
            <SureButton
              words={t('people.resetCode')}
              sure={t('people.resetCodeSure')}
              onSure={() => void act('reset-code')}
            />
          )}
          {active ? (
            <SureButton
              key="deactivate"
              words={t('people.deactivate')}
              sure={t('people.deactivateSure')}
              onSure={() => void act('deactivate')}
            />
          ) : (
            <SureButton
              key="activate"
              words={t('people.activate')}
              sure={t('people.activateSure')}
              onSure={() => void act('activate')}
            />
          )}
        </div>
      )}
      <OutcomeWords outcome={outcome} />
    </section>
  )
}

/** How the account stands, in words. */
function Standing({ person: { active, role, hasCode, lockedUntil } }: { readonly person: Person }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <p className={css.note}>{active ? t('people.isActive') : t('people.isInactive')}</p>
      {needsCode(role) && <p className={css.note}>{hasCode ? t('people.hasCode') : t('people.wantsCode')}</p>}
      {lockedUntil !== null && <p className={css.note}>{t('people.lockedUntil', { time: dayAndTime(lockedUntil) })}</p>}
    </>
  )
}
