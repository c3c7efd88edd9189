import { Input } from '@mantine/core'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchSelect } from '../../ui/search-select.tsx'
import { edit } from '../stores/draft-store.ts'
import { districts, streetsOf } from './divisions.ts'
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
  const streets = streetsOf(district.value)
  return (
    <div className={css.place}>
      <PlaceSelect
        id={district.id}
        label={t('form.district')}
        data={districts}
        value={district.value}
        // A street of another district would be a false place.
        onChange={(next) =>
          edit({ district: next, street: streetsOf(next).includes(street.value ?? '') ? street.value : null })
        }
        allowDeselect={false}
        placeholder={district.problem ?? t('form.district')}
        error={district.problem !== null}
        nothingFoundMessage={t('form.nothingFound')}
      />
      <PlaceSelect
        id={street.id}
        label={t('form.street')}
        data={streets}
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

function PlaceSelect({ label, ...select }: ComponentProps<typeof SearchSelect>) {
  return (
    <>
      <label className="visually-hidden" htmlFor={select.id}>
        {label}
      </label>
      <SearchSelect {...select} />
    </>
  )
}
