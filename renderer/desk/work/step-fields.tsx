import { Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CasePage } from '../../../shared/case/case-page.ts'
import type { StepField, StepWords } from '../../../shared/case/step-words.ts'
import { Segmented } from '../../ui/segmented.tsx'
import css from './case-page.module.css'
import { CallerField } from './caller-field.tsx'
import { IntoField } from './into-field.tsx'
import { editStep, stepFieldId } from './step-store.ts'
import { UnitSelect } from './unit-select.tsx'
import { useUnitName } from './units-store.ts'

type Props = {
  readonly field: StepField
  readonly words: StepWords
  readonly locked: boolean
  readonly invalid: boolean
  /** Working days that the unit asked for. */
  readonly asked: number | null
  /** The unit that the class of the case gets as a rule. */
  readonly suggested: string | null
  readonly page: CasePage
}

const yesNo = ['yes', 'no'] as const
const ratings = ['5', '4', '3', '2', '1', 'none'] as const

/** One field of a step. */
export function StepFieldInput(props: Props) {
  const { t } = useTranslation()
  const { field, asked } = props
  const hint =
    field === 'days' && asked !== null ? (
      t('work.form.asked', { n: asked })
    ) : field === 'unit' ? (
      <Suggested {...props} />
    ) : null
  return (
    <div className={css.field}>
      <label htmlFor={stepFieldId(field)}>{t(`work.form.${field}`)}</label>
      <Input {...props} />
      {hint !== null && <small>{hint}</small>}
    </div>
  )
}

function Suggested({ words, suggested }: Props): ReactNode {
  const { t } = useTranslation()
  const unitName = useUnitName()
  if (suggested === null || words.unit !== suggested) return null
  return t('work.form.suggested', { unit: unitName(suggested) })
}

function Input({ field, words, locked, invalid, page }: Props) {
  const { t } = useTranslation()
  const id = stepFieldId(field)
  const label = t(`work.form.${field}`)
  switch (field) {
    case 'unit':
      return (
        <UnitSelect
          id={id}
          label={label}
          value={words.unit}
          invalid={invalid}
          disabled={locked}
          onChange={(unit) => editStep({ unit })}
        />
      )
    case 'units':
      return <UnitsField words={words} locked={locked} invalid={invalid} />
    case 'days':
      return (
        <TextInput
          id={id}
          inputMode="numeric"
          value={words.days}
          error={invalid}
          disabled={locked}
          onChange={({ currentTarget }) => editStep({ days: currentTarget.value.slice(0, 10) })}
        />
      )
    case 'reached':
    case 'solved': {
      const value = words[field]
      return (
        <Segmented
          id={id}
          label={label}
          digits
          values={yesNo}
          value={value === null ? null : value ? 'yes' : 'no'}
          words={(one) => t(`work.form.${one}`)}
          invalid={invalid}
          onChange={(one) => editStep({ [field]: one === 'yes' })}
        />
      )
    }
    case 'rating':
      return (
        <Segmented
          id={id}
          label={label}
          digits
          values={ratings}
          value={words.rating === null ? null : (String(words.rating) as (typeof ratings)[number])}
          words={(one) => t(one === 'none' ? 'work.rating.none' : `work.rating.r${one}`)}
          invalid={invalid}
          onChange={(one) => editStep({ rating: one === 'none' ? 'none' : Number(one) })}
        />
      )
    case 'caller':
      return <CallerField page={page} words={words} locked={locked} invalid={invalid} />
    case 'title':
      return (
        <TextInput
          id={id}
          value={words.title}
          error={invalid}
          disabled={locked}
          onChange={({ currentTarget }) => editStep({ title: currentTarget.value.slice(0, 80) })}
        />
      )
    case 'into':
      return <IntoField words={words} locked={locked} invalid={invalid} />
    default:
      return (
        <Textarea
          id={id}
          autosize
          minRows={3}
          maxRows={9}
          value={words[field]}
          error={invalid}
          disabled={locked}
          onChange={({ currentTarget }) => editStep({ [field]: currentTarget.value })}
        />
      )
  }
}

/** Several units: each that is chosen joins the others, and is taken out by its button. */
function UnitsField({ words, locked, invalid }: Pick<Props, 'words' | 'locked' | 'invalid'>) {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const { units } = words
  return (
    <>
      <UnitSelect
        key={units.length}
        id={stepFieldId('units')}
        label={t('work.form.units')}
        value={null}
        invalid={invalid}
        disabled={locked}
        onChange={(unit) => unit !== null && !units.includes(unit) && editStep({ units: [...units, unit] })}
      />
      {units.map((unit) => (
        <button
          key={unit}
          type="button"
          className={css.chip}
          disabled={locked}
          onClick={() => editStep({ units: units.filter((one) => one !== unit) })}
        >
          {unitName(unit)} ×
        </button>
      ))}
    </>
  )
}
