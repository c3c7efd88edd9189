import { useTranslation } from 'react-i18next'
import type { CaseKind } from '../../../shared/case/case-kind.ts'
import { deadlineOf, type Deadline } from '../../../shared/case/deadline.ts'
import { timeOfDay } from '../../ui/format-time.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { useRules } from '../stores/tables-store.ts'
import css from './promise.module.css'

/** The day, as people say it; a deadline of whole days ends with the day before the moment at which it is due. */
const dayOf = (at: number, language: string) =>
  new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' }).format(at)
const weekdayOf = (at: number, language: string) =>
  new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', weekday: 'short' }).format(at)

/** By when the unit must have answered what is turned over to it: what the citizen is told before she hangs up. */
export function ReplyPromise() {
  const kind = useDraft((draft) => formOf(draft).kind)
  const code = useDraft((draft) => formOf(draft).classification)
  const later = useDraft((draft) => formOf(draft).replyMode === 'later')
  // Of a case that stands, the deadline runs from its call, which the draft does not know.
  const from = useDraft(({ open }) => (open === null || open.caseNo !== null ? null : open.startedAt))
  const { deadlines } = useRules()
  if (!later || kind === null || from === null) return null
  const deadline = deadlineOf('answer', { kind, code, from }, deadlines)
  if (deadline === null || deadline.due === null) return null
  return <Words {...deadline} due={deadline.due} kind={kind} />
}

function Words({ span, due, provisional, kind }: Deadline & { readonly due: number; readonly kind: CaseKind }) {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const ofKind = t(`form.kinds.${kind}`)
  const lastMoment = due - 1
  const [told, why] =
    'minutes' in span
      ? [
          t('form.promise.time', { date: dayOf(due, language), time: timeOfDay(due) }),
          span.minutes % 60 === 0
            ? t('form.promise.hours', { kind: ofKind, hours: span.minutes / 60 })
            : t('form.promise.minutes', { kind: ofKind, minutes: span.minutes }),
        ]
      : [
          t('form.promise.day', { date: dayOf(lastMoment, language), weekday: weekdayOf(lastMoment, language) }),
          t('form.promise.workingDays', { kind: ofKind, days: span.workingDays }),
        ]
  const parts = provisional ? [why, t('form.promise.provisional')] : [why]
  return (
    <div className={css.promise} role="status" data-testid="promise">
      <b>{told}</b>
      <small>{parts.join(' · ')}</small>
    </div>
  )
}
