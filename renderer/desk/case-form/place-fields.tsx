import { Input } from '@mantine/core'
import { useMemo, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchSelect } from '../../ui/search-select.tsx'
import { useSteady } from '../../ui/use-steady.ts'
import { districtsOf, streetsOf } from '../../../shared/case/divisions.ts'
import { edit } from '../stores/draft-store.ts'
import { useRules } from '../stores/tables-store.ts'
import { refuseLongPaste } from '../stores/paste-note.ts'
import { doubtId } from './doubt.tsx'
import { useField } from './use-field.ts'
import css from './fields.module.css'

/** Where it is: the district decides which streets there are. */
export function PlaceFields() {
  const { t } = useTranslation()
  const district = useField('district')
  const street = useField('street')
  const address = useField('address')
  const { divisions } = useRules()
  const streetsIn = (name: string | null) => streetsOf(divisions, name)
  return (
    <div className={css.place}>
      <PlaceSelect
        id={district.id}
        label={t('form.district')}
        data={districtsOf(divisions)}
        value={district.value}
        // A street of another district would be a false place.
        onChange={(next) =>
          edit({ district: next, street: streetsIn(next).includes(street.value ?? '') ? street.value : null })
        }
        allowDeselect={false}
        placeholder={district.problem ?? t('form.district')}
        error={district.problem !== null}
        nothingFoundMessage={t('form.nothingFound')}
      />
      <PlaceSelect
        id={street.id}
        label={t('form.street')}
        data={streetsIn(district.value)}
        value={street.value}
        onChange={street.change}
        placeholder={district.value === null ? t('form.streetNeedsDistrict') : t('form.streetHint')}
        nothingFoundMessage={district.value === null ? t('form.streetNeedsDistrict') : t('form.nothingFound')}
      />
      <Input
        id={address.id}
        aria-label={t('form.address')}
        value={address.value}
        maxLength={200}
        onPaste={(event) => refuseLongPaste(event, t('form.address'), 200)}
        placeholder={address.problem ?? t('form.addressHint')}
        error={address.problem !== null}
        aria-describedby={doubtId('district')}
        onChange={(event) => address.change(event.currentTarget.value)}
      />
    </div>
  )
}

type PlaceProps = Omit<ComponentProps<typeof SearchSelect>, 'data' | 'value'> & {
  readonly data: readonly string[]
  readonly value: string | null
}

/** What stands in it stays in the list, also where there is no such place any more. */
const withChosen = (places: readonly string[], chosen: string | null) =>
  chosen === null || chosen === '' || places.includes(chosen) ? [...places] : [chosen, ...places]

function PlaceSelect({ label, data, ...select }: PlaceProps) {
  const { shown, hold } = useSteady(data)
  const { value } = select
  const places = useMemo(() => withChosen(shown, value), [shown, value])
  return (
    <>
      <label className="visually-hidden" htmlFor={select.id}>
        {label}
      </label>
      <SearchSelect {...select} {...hold} data={places} />
    </>
  )
}
