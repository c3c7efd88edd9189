import { useTranslation } from 'react-i18next'
import type { CasePage, Stepped } from '../../../shared/case/case-page.ts'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { courseOf, type Unproved } from './case-course.ts'
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
export function CaseLifeLine({ page }: { readonly page: CasePage }) {
  const { t } = useTranslation()
  const { record, unproved } = page
  const course = courseOf(page)
  return (
    <section aria-label={t('work.page.life')}>
      <h3 className={css.title}>{t('work.page.life')}</h3>
      <ol className={css.life}>
        {course.map((one, index) => {
          const key = `${one.at}-${course.length - index}`
          return 'step' in one ? <Step key={key} stepped={one} /> : <Written key={key} written={one} />
        })}
        <li>
          <span className={css.when}>
            {monthDay(record.openedAt)} {timeOfDay(record.openedAt)} · {t('work.page.centre')} {record.openedBy}
          </span>
          <b>{t('work.done.opened')}</b>
          {unproved.some(({ opening }) => opening) && <Warning />}
        </li>
      </ol>
    </section>
  )
}

/** No sign-in proves that it was who it names. */
function Warning() {
  const { t } = useTranslation()
  return <span className={css.unproved}>{t('work.page.unproved')}</span>
}

function Written({ written: { at, by } }: { readonly written: Unproved }) {
  const { t } = useTranslation()
  return (
    <li>
      <span className={css.when}>
        {monthDay(at)} {timeOfDay(at)} · {t('work.page.centre')} {by}
      </span>
      <b>{t('work.done.written')}</b>
      <Warning />
    </li>
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
