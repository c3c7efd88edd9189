import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnitAct, UnitDetail } from '../../../shared/admin/units-page.ts'
import type { Result } from '../../../shared/errors.ts'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { hrefTo } from '../route.ts'
import { SureButton } from '../sure-button.tsx'

const MOST_CASES = 20

/** Who works at a unit, and who stands in for whom. */
export function UnitPeople({ detail: { members, deputies } }: { readonly detail: UnitDetail }) {
  const { t } = useTranslation('admin')
  const nameOf = (staffNo: string) => members.find((one) => one.staffNo === staffNo)?.name ?? staffNo
  return (
    <section className={css.section} aria-label={t('units.people')}>
      <h3>{t('units.people')}</h3>
      {members.length === 0 && <p className={css.note}>{t('units.noPeople')}</p>}
      <div className={css.row}>
        {members.map(({ staffNo, name }) => (
          <a key={staffNo} className={css.link} href={hrefTo('people', staffNo)}>
            {name} · {staffNo}
          </a>
        ))}
      </div>
      {members.length > 0 && deputies.length === 0 && <p className={css.note}>{t('units.noDeputies')}</p>}
      {deputies.map(({ staffNo, deputy, fromDay, untilDay }) => (
        <p key={staffNo} className={css.note}>
          {t('units.deputy', { name: nameOf(staffNo), deputy: nameOf(deputy), from: fromDay, until: untilDay })}
        </p>
      ))}
    </section>
  )
}

type ActsProps = { readonly detail: UnitDetail; readonly act: (which: UnitAct) => Promise<Result<unknown>> }

/** What lies with a unit, and its end: not while anything does. */
export function UnitActs({ detail: { unit, openCases }, act }: ActsProps) {
  const { t } = useTranslation('admin')
  const [outcome, setOutcome] = useState<Outcome>(null)
  const run = async (which: UnitAct) => {
    const answer = await act(which)
    setOutcome(answer.ok ? { words: t(`units.done.${which}`) } : { failure: answer.error })
  }
  const more = openCases.length - MOST_CASES
  const words = unit.retired ? 'restore' : 'retire'
  return (
    <section className={css.section} aria-label={t('units.retire')}>
      <p className={css.note}>
        {openCases.length === 0 ? t('units.noOpenCases') : t('units.openCases', { number: openCases.length })}
      </p>
      {openCases.length > 0 && (
        <p className={css.note}>
          {openCases.slice(0, MOST_CASES).join('、')} {more > 0 && t('units.moreCases', { number: more })}
        </p>
      )}
      {openCases.length > 0 && !unit.retired && <p className={css.note}>{t('units.cannotRetire')}</p>}
      <div className={css.row}>
        <SureButton
          key={words}
          words={t(`units.${words}`)}
          sure={t(`units.${words}Sure`)}
          disabled={openCases.length > 0 && !unit.retired}
          onSure={() => void run(words)}
        />
      </div>
      <OutcomeWords outcome={outcome} />
    </section>
  )
}
