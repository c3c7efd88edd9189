import { useTranslation } from 'react-i18next'
import { colourOf, type Deadline, type DeadlineColour } from '../../../shared/case/deadline.ts'
import type { Shape } from '../../ui/status-shape.tsx'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'

/** A deadline as the list and the case have it. */
export type Due = Pick<Deadline, 'phase' | 'rule' | 'due' | 'amber' | 'provisional'> & Partial<Pick<Deadline, 'span'>>
export type DueSign = {
  readonly colour: DeadlineColour
  readonly shape: Shape
  readonly words: string
  readonly why: string
}

const shapes: { readonly [C in DeadlineColour]: Shape } = {
  red: 'square',
  amber: 'half',
  calm: 'hollow',
  suspended: 'bars',
}
const rules = ['danger', 'utilities', 'sign', 'consult', 'help', 'complaint'] as const

/** Whole days end with the day before the moment at which they are due: 11-27 24:00 is the 27th's end. */
function dateWords(due: number): string {
  const midnight = timeOfDay(due) === '00:00' || timeOfDay(due) === '24:00'
  return midnight ? `${monthDay(due - 1)} 24:00` : `${monthDay(due)} ${timeOfDay(due)}`
}

/** A deadline in words, with a shape and the rule that it goes by. */
export function useDueSign(): (deadline: Due, now: number) => DueSign {
  const { t } = useTranslation('portal')
  return (deadline, now) => {
    const { due, rule, phase, provisional, span } = deadline
    const colour = colourOf({ ...deadline, span: span ?? { workingDays: 1 } }, now)
    const words =
      due === null || colour === 'suspended'
        ? t('due.suspended')
        : t(`due.${colour}`, { phase: t(`due.${phase}`), date: dateWords(due) })
    const known = rules.find((one) => rule === one || rule.startsWith(`${one}.`))
    const length =
      span === undefined
        ? ''
        : 'workingDays' in span
          ? t('due.workingDays', { days: span.workingDays })
          : span.minutes % 60 === 0
            ? t('due.hours', { hours: span.minutes / 60 })
            : t('due.minutes', { minutes: span.minutes })
    const why = t(`due.rule.${known ?? 'other'}`, { span: length }).replace(/ · $/, '')
    return { colour, shape: shapes[colour], words, why: provisional ? `${why} · ${t('due.provisional')}` : why }
  }
}
