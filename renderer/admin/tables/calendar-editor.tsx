import { Button, Input } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt } from './flaw-words.tsx'
import { MonthGrid } from './month-grid.tsx'
import { replaced } from '../../page/list-changes.ts'
import type { EditorProps } from './editor-props.ts'
import tableCss from './tables.module.css'

/** The working days: holidays and worked weekends as rows, and the year as it comes of them. */
export function CalendarEditor({ body, flaws, onChange }: EditorProps<'calendar'>) {
  const { t } = useTranslation('admin')
  const years = yearsOf(body)
  const [chosen, setChosen] = useState(years.at(-1) ?? '')
  const year = years.includes(chosen) ? chosen : (years.at(-1) ?? '')
  const { from, until, source, off, work } = body
  return (
    <>
      <TextField
        label={t('tables.calendar.source')}
        value={source}
        maxLength={200}
        onChange={(text) => onChange({ ...body, source: text })}
      />
      <div className={css.fields}>
        <DayField label={t('tables.calendar.from')} value={from} onChange={(day) => onChange({ ...body, from: day })} />
        <DayField
          label={t('tables.calendar.until')}
          value={until}
          onChange={(day) => onChange({ ...body, until: day })}
        />
        <SelectField
          label={t('tables.calendar.year')}
          value={year}
          choices={years.map((one) => ({ value: one, words: one }))}
          onChange={setChosen}
        />
      </div>
      <FlawsAt flaws={flaws.filter(({ path }) => path[0] === 'from' || path[0] === 'until')} path={[]} />
      <MonthGrid year={Number(year)} calendar={body} />
      <fieldset className={css.fieldset}>
        <legend className={css.legend}>{t('tables.calendar.off')}</legend>
        <Rows of={off}>
          {([first, last], index) =>
            [first, last].some((day) => isOf(year, day)) && (
              <div className={css.line}>
                <DayField
                  label={t('tables.calendar.offFirst', { place: index + 1 })}
                  value={first}
                  onChange={(day) => onChange({ ...body, off: replaced(off, index, [day, last]) })}
                />
                <DayField
                  label={t('tables.calendar.offLast', { place: index + 1 })}
                  value={last}
                  onChange={(day) => onChange({ ...body, off: replaced(off, index, [first, day]) })}
                />
                <Button
                  aria-label={t('tables.calendar.removeOff', { first })}
                  onClick={() => onChange({ ...body, off: off.toSpliced(index, 1) })}
                >
                  ×
                </Button>
                <FlawsAt flaws={flaws} path={['off', index]} />
              </div>
            )
          }
        </Rows>
        <Button onClick={() => onChange({ ...body, off: [...off, [`${year}-`, `${year}-`]] })}>
          {t('tables.calendar.addOff')}
        </Button>
      </fieldset>
      <fieldset className={css.fieldset}>
        <legend className={css.legend}>{t('tables.calendar.work')}</legend>
        <Rows of={work}>
          {(day, index) =>
            isOf(year, day) && (
              <div className={css.line}>
                <DayField
                  label={t('tables.calendar.workDay', { place: index + 1 })}
                  value={day}
                  onChange={(next) => onChange({ ...body, work: replaced(work, index, next) })}
                />
                <Button
                  aria-label={t('tables.calendar.removeWork', { day })}
                  onClick={() => onChange({ ...body, work: work.toSpliced(index, 1) })}
                >
                  ×
                </Button>
                <FlawsAt flaws={flaws} path={['work', index]} />
              </div>
            )
          }
        </Rows>
        <Button onClick={() => onChange({ ...body, work: [...work, `${year}-`] })}>
          {t('tables.calendar.addWork')}
        </Button>
      </fieldset>
    </>
  )
}

/** A day of this year, or one that was cleared: what is wrong with it must be seen whichever year is shown. */
const isOf = (year: string, day: string) => day === '' || day.startsWith(year)

const isYear = (text: string) => /^\d{4}$/.test(text)

/** The years that the calendar reaches over, at most ten. */
function yearsOf({ from, until }: { readonly from: string; readonly until: string }): string[] {
  const [first, last] = [from.slice(0, 4), until.slice(0, 4)]
  if (!isYear(first) || !isYear(last)) return [first].filter(isYear)
  const count = Math.min(10, Math.max(1, Number(last) - Number(first) + 1))
  return Array.from({ length: count }, (_, index) => String(Number(first) + index))
}

type DayProps = { readonly label: string; readonly value: string; readonly onChange: (day: string) => void }

/** A day, as the browser lets one be chosen. */
function DayField({ label, value, onChange }: DayProps) {
  const id = useId()
  return (
    <div className={`${css.field} ${tableCss.day}`}>
      <label htmlFor={id}>{label}</label>
      <Input id={id} type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </div>
  )
}
