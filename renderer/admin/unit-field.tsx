import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { memberUnitSchema } from '../../shared/case/case-line.ts'
import { SelectField } from './field.tsx'
import { useAsked } from '../page/use-asked.ts'

const unitsSchema = z.object({ units: z.array(memberUnitSchema) })

type Props = { readonly value: string; readonly onChange: (unit: string) => void }

/** A choice of one member unit, by its id; '' for none yet. */
export function UnitField({ value, onChange }: Props) {
  const { t } = useTranslation('admin')
  const units = useAsked(unitsSchema, '/units').value?.units ?? []
  const known = units.some(({ id }) => id === value)
  const first = known ? [] : [{ value, words: value === '' ? t('people.chooseUnit') : value }]
  return (
    <SelectField
      label={t('people.unit')}
      value={value}
      choices={[...first, ...units.map(({ id, name }) => ({ value: id, words: name }))]}
      onChange={onChange}
    />
  )
}
