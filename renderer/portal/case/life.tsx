import { useTranslation } from 'react-i18next'
import type { CaseStep } from '../../../shared/case/case-step.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useList, useUnitName } from '../list/list-store.ts'
import css from './case-page.module.css'
import { useCase, type OpenCase, type Stepped } from './case-store.ts'
import { FileLink } from './file-link.tsx'

/** The course of the matter, the newest first: who, when, and with which words. */
export function Life({ found: { record, steps } }: { readonly found: OpenCase }) {
  const { t } = useTranslation('portal')
  return (
    <section aria-label={t('case.life')}>
      <h2 className={css.title}>{t('case.life')}</h2>
      <ol className={css.life}>
        {steps.toReversed().map((one, index) => (
          <Step key={`${one.at}-${steps.length - index}`} caseId={record.caseId} stepped={one} />
        ))}
        <li>
          <span className={css.when}>
            {monthDay(record.openedAt)} {timeOfDay(record.openedAt)} · {t('step.centre')}
          </span>
          <b>{t('state.accepted')}</b>
        </li>
      </ol>
    </section>
  )
}

function Step({ caseId, stepped: { step, at, unit, by } }: { readonly caseId: string; readonly stepped: Stepped }) {
  const { t } = useTranslation('portal')
  const unitName = useUnitName()
  const stepWords = useStepWords()
  const members = useList((list) => list.work.members)
  const files = useCase((one) => one.files).filter((file) => file.sentAt === at && file.unit === unit)
  const name = members.find(({ staffNo }) => staffNo === by)?.name
  const whose = unit === null ? t('step.centre') : [unitName(unit), name ?? by].join(' ')
  const who = step.type === 'rate' ? t('step.citizen') : whose
  return (
    <li>
      <span className={css.when}>
        {monthDay(at)} {timeOfDay(at)} · {who}
      </span>
      <b>{stepWords(step)}</b>
      {textOf(step) !== '' && <p className={css.text}>{textOf(step)}</p>}
      {files.map((file) => (
        <FileLink key={file.attachmentId} caseId={caseId} file={file} />
      ))}
    </li>
  )
}

/** What was said with a step. */
function textOf(step: CaseStep): string {
  if ('text' in step) return step.text
  if (step.type === 'decline') return `${step.reason} · ${step.channel}`
  if ('reason' in step) return step.reason
  return step.type === 'visit' ? step.note : ''
}

function useStepWords(): (step: CaseStep) => string {
  const { t } = useTranslation('portal')
  const unitName = useUnitName()
  return (step) => {
    if (step.type === 'rate') return `${t('step.rate')} · ${t('step.rating', { rating: step.rating })}`
    if (step.type === 'visit') {
      const solved = step.solved === null ? '' : step.solved ? t('step.solved') : t('step.notSolved')
      const rated = step.rating === null ? '' : t('step.rating', { rating: step.rating })
      return [t('step.visit'), step.reached ? t('step.reached') : t('step.notReached'), solved, rated]
        .filter((part) => part !== '')
        .join(' · ')
    }
    const unit = 'unit' in step ? unitName(step.unit) : ''
    const units = 'units' in step ? step.units.map(unitName).join('、') : ''
    const days = 'days' in step ? step.days : 0
    const title = 'title' in step ? step.title : ''
    return t(`step.${step.type}`, { unit, units, days, title })
  }
}
