import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { deadlinePhases, type DeadlineTable, type Span } from '../../../shared/case/deadline.ts'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { FlawsAt } from './flaw-words.tsx'
import { KindsField } from './kinds-field.tsx'
import { replaced } from '../../page/list-changes.ts'
import { RowKeys } from '../../page/row-keys.tsx'
import type { EditorProps } from './editor-props.ts'
import tableCss from './tables.module.css'
import { WordsField } from './words-field.tsx'

type Row = DeadlineTable[number]
const fresh: Row = { rule: '', phase: 'answer', codes: null, kinds: null, span: { workingDays: 5 } }

/** The deadlines as rows, read from above. */
export function DeadlinesEditor({ body, flaws, onChange }: EditorProps<'deadlines'>) {
  const { t } = useTranslation('admin')
  return (
    <>
      <p className={css.note}>{t('tables.deadlines.note')}</p>
      <Rows of={body}>
        {(row, index) => (
          <fieldset className={tableCss.card}>
            <legend className={css.legend}>{t('tables.deadlines.row', { place: index + 1 })}</legend>
            <RowFields row={row} onChange={(next) => onChange(replaced(body, index, next))} />
            <FlawsAt flaws={flaws} path={[index]} />
            <RowKeys list={body} index={index} name={row.rule} removes={body.length > 1} onChange={onChange} />
          </fieldset>
        )}
      </Rows>
      <div className={css.row}>
        <Button onClick={() => onChange([...body, fresh])}>{t('tables.addRow')}</Button>
      </div>
    </>
  )
}

function RowFields({ row, onChange }: { readonly row: Row; readonly onChange: (row: Row) => void }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <div className={css.fields}>
        <TextField
          label={t('tables.deadlines.rule')}
          value={row.rule}
          maxLength={40}
          onChange={(rule) => onChange({ ...row, rule })}
        />
        <SelectField
          label={t('tables.deadlines.phase')}
          value={row.phase}
          choices={deadlinePhases.map((phase) => ({ value: phase, words: t(`tables.deadlines.phases.${phase}`) }))}
          onChange={(value) => onChange({ ...row, phase: value === 'sign' ? 'sign' : 'answer' })}
        />
        <SpanFields span={row.span} onChange={(span) => onChange({ ...row, span })} />
        <WordsField
          label={t('tables.deadlines.codes')}
          words={row.codes ?? []}
          onChange={(codes) => onChange({ ...row, codes: codes.length === 0 ? null : codes })}
        />
      </div>
      <KindsField
        label={t('tables.deadlines.kinds')}
        kinds={row.kinds}
        onChange={(kinds) => onChange({ ...row, kinds })}
      />
    </>
  )
}

function SpanFields({ span, onChange }: { readonly span: Span; readonly onChange: (span: Span) => void }) {
  const { t } = useTranslation('admin')
  const unit = 'minutes' in span ? 'minutes' : 'workingDays'
  const number = 'minutes' in span ? span.minutes : span.workingDays
  const spanOf = (count: number, of: string): Span => (of === 'minutes' ? { minutes: count } : { workingDays: count })
  return (
    <>
      <TextField
        label={t('tables.deadlines.span')}
        value={Number.isNaN(number) || number === 0 ? '' : String(number)}
        maxLength={6}
        onChange={(text) => onChange(spanOf(Number(text.replace(/\D/g, '')), unit))}
      />
      <SelectField
        label={t('tables.deadlines.unit')}
        value={unit}
        choices={(['minutes', 'workingDays'] as const).map((value) => ({
          value,
          words: t(`tables.deadlines.${value}`),
        }))}
        onChange={(of) => onChange(spanOf(number, of))}
      />
    </>
  )
}
