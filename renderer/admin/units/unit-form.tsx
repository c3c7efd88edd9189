import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UnitFields } from '../../../shared/admin/units-page.ts'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'

const MOST_NUMBERS = 8

type Props = { readonly fields: UnitFields; readonly onChange: (fields: UnitFields) => void }

/** The fields of a unit; its numbers one below the other, each with what it is for. */
export function UnitForm({ fields, onChange }: Props) {
  const { t } = useTranslation('admin')
  const change = (part: Partial<UnitFields>) => onChange({ ...fields, ...part })
  return (
    <>
      <div className={css.fields}>
        <TextField
          required
          label={t('units.name')}
          value={fields.name}
          maxLength={80}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={t('units.district')}
          value={fields.district ?? ''}
          maxLength={40}
          hint={t('units.districtHint')}
          onChange={(district) => change({ district: district === '' ? null : district })}
        />
        <TextField
          label={t('units.hours')}
          value={fields.hours}
          maxLength={120}
          onChange={(hours) => change({ hours })}
        />
      </div>
      <Numbers numbers={fields.numbers} onChange={(numbers) => change({ numbers })} />
    </>
  )
}

type NumbersProps = {
  readonly numbers: UnitFields['numbers']
  readonly onChange: (numbers: UnitFields['numbers']) => void
}

function Numbers({ numbers, onChange }: NumbersProps) {
  const { t } = useTranslation('admin')
  const change = (index: number, part: Partial<UnitFields['numbers'][number]>) =>
    onChange(numbers.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.fieldset}>
      <legend className={css.legend}>{t('units.numbers')}</legend>
      <Rows of={numbers}>
        {(one, index) => (
          <div className={css.line}>
            <TextField
              label={t('units.number', { place: index + 1 })}
              value={one.number}
              maxLength={32}
              onChange={(number) => change(index, { number })}
            />
            <TextField
              label={t('units.numberWords', { place: index + 1 })}
              value={one.words}
              maxLength={20}
              hint={t('units.numberHint')}
              onChange={(words) => change(index, { words })}
            />
            {numbers.length > 1 && (
              <Button
                aria-label={t('units.removeNumber', { place: index + 1 })}
                onClick={() => onChange(numbers.toSpliced(index, 1))}
              >
                ×
              </Button>
            )}
          </div>
        )}
      </Rows>
      {numbers.length < MOST_NUMBERS && (
        <Button onClick={() => onChange([...numbers, { number: '', words: '' }])}>{t('units.addNumber')}</Button>
      )}
    </fieldset>
  )
}
