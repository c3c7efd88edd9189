/** A deadline in words, with a shape: which colour it has is never said by the colour alone. */
import type { TFunction } from 'i18next'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import type { Deadline, DeadlineColour } from '../../../shared/case/deadline.ts'
import { chinaDayNumber } from '../../../shared/china-day.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import type { Shape } from '../../ui/status-shape.tsx'

export type Due = NonNullable<CaseLine['deadline']>

export const dueShapes: { readonly [C in DeadlineColour]: Shape } = {
  red: 'square',
  amber: 'half',
  calm: 'hollow',
  suspended: 'bars',
}
export const dueTones: { readonly [C in DeadlineColour]: 'bad' | 'warn' | 'ok' | undefined } = {
  red: 'bad',
  amber: 'warn',
  calm: undefined,
  suspended: undefined,
}

export function colourOfDue({ due, amber }: Pick<Due, 'due' | 'amber'>, now: number): DeadlineColour {
  if (due === null || amber === null) return 'suspended'
  if (now >= due) return 'red'
  return now >= amber ? 'amber' : 'calm'
}

/** Whole days end with the day before the moment at which they are due: 11-27 24:00. */
export function dueMoment(due: number): string {
  const whole = timeOfDay(due) === '00:00' || timeOfDay(due) === '24:00'
  return whole ? `${monthDay(due - 1)} 24:00` : `${monthDay(due)} ${timeOfDay(due)}`
}

const HOUR_MS = 3_600_000

/** How far it is off, by days of China, or by hours within one. */
function distance(due: number, now: number, t: TFunction): string {
  const days = Math.abs(chinaDayNumber(due - 1) - chinaDayNumber(now))
  if (days > 0) return t('work.due.days', { n: days })
  return t('work.due.hours', { n: Math.max(1, Math.round(Math.abs(due - now) / HOUR_MS)) })
}

/** As a line of a list says it. */
export function dueWords(deadline: Pick<Due, 'phase' | 'due' | 'amber'>, now: number, t: TFunction): string {
  const { due, phase } = deadline
  const colour = colourOfDue(deadline, now)
  if (due === null || colour === 'suspended') return t('work.due.suspended')
  return t(`work.due.${colour}`, { phase: t(`work.due.phase.${phase}`), far: distance(due, now, t) })
}

/** The rule that a deadline goes by, as the page of a case says it. */
export function ruleWords({ rule, span, provisional }: Pick<Deadline, 'rule' | 'span' | 'provisional'>, t: TFunction) {
  const known = (['danger', 'utilities', 'sign', 'consult', 'help', 'complaint'] as const).find(
    (one) => rule === one || rule.startsWith(`${one}.`),
  )
  const length =
    'workingDays' in span
      ? t('work.due.workingDays', { n: span.workingDays })
      : span.minutes % 60 === 0
        ? t('work.due.hours', { n: span.minutes / 60 })
        : t('work.due.minutes', { n: span.minutes })
  const parts = [t(`work.due.rule.${known ?? 'other'}`), length, provisional ? t('work.due.provisional') : '']
  return parts.filter((part) => part !== '').join(' · ')
}
