import { useTranslation } from 'react-i18next'
import { createWorkingDays, workCalendarSchema, type WorkCalendar } from '../../../shared/case/working-days.ts'
import { dayOfIso } from '../../../shared/china-day.ts'
import tableCss from './tables.module.css'

const two = (number: number) => String(number).padStart(2, '0')
// 1970-01-01 was a Thursday; Monday is 0.
const weekdayOf = (day: number) => (day + 3) % 7
const WEEK = [0, 1, 2, 3, 4, 5, 6] as const

/** A year of months: what is off and what is worked against the week is told by a sign as well as by colour. */
export function MonthGrid({ year, calendar }: { readonly year: number; readonly calendar: WorkCalendar }) {
  // While a day is being typed there may be none.
  const whole = {
    ...calendar,
    off: calendar.off.filter((span) => workCalendarSchema.shape.off.element.safeParse(span).success),
    work: calendar.work.filter((day) => workCalendarSchema.shape.work.element.safeParse(day).success),
  }
  const days = createWorkingDays(whole)
  return (
    <div className={tableCss.year}>
      {Array.from({ length: 12 }, (_, index) => (
        <Month key={index + 1} year={year} month={index + 1} isWorking={days.isWorking} />
      ))}
    </div>
  )
}

type MonthProps = { readonly year: number; readonly month: number; readonly isWorking: (day: number) => boolean }

function Month({ year, month, isWorking }: MonthProps) {
  const { t } = useTranslation('admin')
  const first = dayOfIso(`${year}-${two(month)}-01`)
  const next = month === 12 ? dayOfIso(`${year + 1}-01-01`) : dayOfIso(`${year}-${two(month + 1)}-01`)
  const lead = weekdayOf(first)
  const weeks = Math.ceil((lead + next - first) / 7)
  return (
    <table className={tableCss.month}>
      <caption>{t('tables.calendar.month', { year, month: two(month) })}</caption>
      <thead>
        <tr>
          {t('tables.calendar.days', { returnObjects: true }).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: weeks }, (_, week) => first - lead + week * 7).map((monday) => (
          <tr key={monday}>
            {WEEK.map((weekday) => {
              const day = monday + weekday
              return day < first || day >= next ? (
                <td key={day} />
              ) : (
                <Day key={day} number={day - first + 1} working={isWorking(day)} common={weekday < 5} />
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type DayProps = { readonly number: number; readonly working: boolean; readonly common: boolean }

function Day({ number, working, common }: DayProps) {
  const { t } = useTranslation('admin')
  const sign = working === common ? null : working ? 'work' : 'off'
  return (
    <td data-kind={sign ?? (common ? undefined : 'weekend')}>
      {number}
      {sign !== null && <small>{t(`tables.calendar.${sign}Sign`)}</small>}
    </td>
  )
}
