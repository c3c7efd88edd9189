import { useTranslation } from 'react-i18next'
import type { CasePage, Stepped } from '../../../shared/case/case-page.ts'
import type { CaseStep } from '../../../shared/case/life.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import css from './case-page.module.css'
import { useUnitName } from './units-store.ts'

/** The words that were said with a step. */
export function textOfStep(step: CaseStep): string {
  if ('text' in step) return step.text
  if ('say' in step) return step.say
  if (step.type === 'decline') return `${step.reason}\n${step.channel}`
  if ('reason' in step) return step.reason
  return step.type === 'visit' ? step.note : ''
}

/** The course of the matter, the newest first: who, when, for which unit, and with which words. */
export function CaseLifeLine({ page: { record, steps } }: { readonly page: CasePage }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('work.page.life')}>
      <h3 className={css.title}>{t('work.page.life')}</h3>
      <ol className={css.life}>
        {steps.toReversed().map((one, index) => (
          <Step key={`${one.at}-${steps.length - index}`} stepped={one} />
        ))}
        <li>
          <span className={css.when}>
            {monthDay(record.openedAt)} {timeOfDay(record.openedAt)} · {t('work.page.centre')} {record.openedBy}
          </span>
          <b>{t('work.done.opened')}</b>
        </li>
      </ol>
    </section>
  )
}

function Step({ stepped: { step, at, by, unit, sent } }: { readonly stepped: Stepped }) {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const words = useStepWords()
  const text = textOfStep(step)
  const messages = (sent ?? []).map((kind) => t(`work.message.${kind}`)).join('、')
  const whose = unit === null ? t('work.page.centre') : unitName(unit)
  const who = step.type === 'rate' ? t('work.done.citizen') : `${whose} ${by}`
  return (
    <li>
      <span className={css.when}>
        {monthDay(at)} {timeOfDay(at)} · {who}
      </span>
      <b>{words(step)}</b>
      {text !== '' && <p className={css.text}>{text}</p>}
      {messages !== '' && <p className={css.text}>{t('work.done.sent', { messages })}</p>}
    </li>
  )
}

/** A step in words, with what it was about. */
export function useStepWords(): (step: CaseStep) => string {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const level = (rating: number) => t(`work.rating.r${rating as 1 | 2 | 3 | 4 | 5}`)
  return (step) => {
    if (step.type === 'rate') return `${t('work.done.rate')} · ${level(step.rating)}`
    if (step.type === 'visit') {
      const { reached, solved, rating } = step
      const rated = rating === null ? '' : t('work.done.rating', { words: level(rating) })
      const said = solved === null ? '' : t(solved ? 'work.done.solved' : 'work.done.notSolved')
      return [t('work.done.visit'), t(reached ? 'work.done.reached' : 'work.done.notReached'), said, rated]
        .filter((part) => part !== '')
        .join(' · ')
    }
    const unit = 'unit' in step ? unitName(step.unit) : ''
    const title = 'title' in step ? step.title : ''
    const units = 'units' in step ? step.units.map(unitName).join('、') : ''
    return t(`work.done.${step.type}`, { unit, units, days: 'days' in step ? step.days : 0, title })
  }
}
