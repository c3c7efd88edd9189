import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HoursSheet } from '../../../../shared/kb/sheet.ts'
import { spansFrom, spansText } from '../../../../shared/kb/sheet-editing.ts'
import { CheckField } from '../../check-field.tsx'
import { replaced } from '../../list-changes.ts'
import { RowKeys } from '../../row-keys.tsx'
import { Rows } from '../../rows.tsx'
import { SelectField } from '../../select-field.tsx'
import { Field, ListField } from '../fields.tsx'
import css from '../kb.module.css'
import type { SheetProps } from './sheet-props.ts'
import sheetCss from './sheets.module.css'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const MOST_WEEKS = 7
const holidayKinds = ['closed', 'asUsual', 'times'] as const
type Week = HoursSheet['week'][number]

/** When a place is open: its week row by row, and holidays. */
export function HoursFields({ sheet, onChange }: SheetProps<HoursSheet>) {
  const { t } = useTranslation('articles')
  const { place, names, address, phone, week, holidays, note } = sheet
  const change = (part: Partial<HoursSheet>) => onChange({ ...sheet, ...part })
  const changeNote = (text: string) => {
    const { note: _, ...rest } = sheet
    onChange(text === '' ? rest : { ...rest, note: text })
  }
  const changeHolidays = (kind: string) =>
    change({ holidays: kind === 'closed' || kind === 'asUsual' ? kind : [['', '']] })
  return (
    <>
      <div className={css.fields}>
        <Field
          label={t('sheets.field.place')}
          value={place}
          maxLength={40}
          onChange={(text) => change({ place: text })}
        />
        <Field
          label={t('sheets.field.address')}
          value={address}
          maxLength={80}
          onChange={(text) => change({ address: text })}
        />
        <Field
          label={t('sheets.field.phone')}
          value={phone ?? ''}
          maxLength={40}
          onChange={(text) => change({ phone: text === '' ? null : text })}
        />
        <SelectField
          label={t('sheets.field.holidays')}
          value={typeof holidays === 'string' ? holidays : 'times'}
          choices={holidayKinds.map((kind) => ({ value: kind, words: t(`sheets.holidays.${kind}`) }))}
          onChange={changeHolidays}
        />
        {typeof holidays !== 'string' && (
          <SpansField
            label={t('sheets.holidayTimes')}
            spans={holidays}
            onChange={(spans) => change({ holidays: spans })}
          />
        )}
        <Field label={t('sheets.field.note')} value={note ?? ''} maxLength={120} onChange={changeNote} />
        <ListField label={t('sheets.field.names')} value={names} onChange={(list) => change({ names: list })} />
      </div>
      <h5>{t('sheets.field.week')}</h5>
      <Rows of={week}>
        {(row, index) => (
          <WeekRow
            row={row}
            index={index}
            onChange={(next) => change({ week: replaced(week, index, next) })}
            keys={
              <RowKeys
                list={week}
                index={index}
                name={t('sheets.row', { row: index + 1 })}
                removes={week.length > 1}
                onChange={(next) => change({ week: next })}
              />
            }
          />
        )}
      </Rows>
      <div className={css.row}>
        <Button
          disabled={week.length >= MOST_WEEKS}
          onClick={() => change({ week: [...week, { days: [], open: [['', '']] }] })}
        >
          {t('sheets.addDays')}
        </Button>
      </div>
    </>
  )
}

type WeekProps = {
  readonly row: Week
  readonly index: number
  readonly onChange: (row: Week) => void
  readonly keys: React.ReactNode
}

function WeekRow({ row, index, onChange, keys }: WeekProps) {
  const { t } = useTranslation('articles')
  const { days, open } = row
  const turn = (day: number, on: boolean) =>
    onChange({ ...row, days: (on ? [...days, day] : days.filter((one) => one !== day)).toSorted((a, b) => a - b) })
  return (
    <fieldset className={sheetCss.week}>
      <legend>{t('sheets.row', { row: index + 1 })}</legend>
      <div className={css.row}>
        {weekdays.map((name, day) => (
          <CheckField
            key={name}
            label={t(`sheets.day.${name}`)}
            checked={days.includes(day + 1)}
            onChange={(on) => turn(day + 1, on)}
          />
        ))}
      </div>
      <SpansField label={t('sheets.times')} spans={open} onChange={(spans) => onChange({ ...row, open: spans })} />
      {keys}
    </fieldset>
  )
}

type SpansProps = {
  readonly label: string
  readonly spans: Week['open']
  readonly onChange: (spans: Week['open']) => void
}

/** From when to when, in one line; what is typed stays as it was typed while it says the same. */
function SpansField({ label, spans, onChange }: SpansProps) {
  const { t } = useTranslation('articles')
  const [typed, setTyped] = useState(spansText(spans))
  const shown = spansText(spansFrom(typed)) === spansText(spans) ? typed : spansText(spans)
  return (
    <Field
      label={label}
      value={shown}
      maxLength={80}
      hint={t('sheets.timesHint')}
      onChange={(text) => {
        setTyped(text)
        // Nothing typed is not closed: days without times are those that stand in no row.
        onChange(text.trim() === '' ? [['', '']] : spansFrom(text))
      }}
    />
  )
}
