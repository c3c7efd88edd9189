import { Button, Input } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import css from './case-list.module.css'
import { search, useList } from './list-store.ts'

/** Searches all of the unit's cases, whichever tab is open. */
export function SearchField() {
  const { t } = useTranslation('portal')
  const [typed, setTyped] = useState(useList((list) => list.words))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    search(typed)
  }
  return (
    <form role="search" className={css.search} onSubmit={onSubmit}>
      <Input
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit">{t('search')}</Button>
    </form>
  )
}
