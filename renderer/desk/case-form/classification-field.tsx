import type { ComboboxItem, ComboboxItemGroup, OptionsFilter } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchSelect } from '../../ui/search-select.tsx'
import { useField } from './use-field.ts'
import type { ClassBook } from '../../../shared/case/classes.ts'
import { useSteady } from '../../ui/use-steady.ts'
import { useRules } from '../stores/tables-store.ts'
import { classificationGroups, matchesClassification } from './classification.ts'
import css from '../../ui/search-select.module.css'

const filterBy =
  (book: ClassBook): OptionsFilter =>
  ({ options, search }) => {
    const matches = (item: ComboboxItem) => matchesClassification(book, item, search)
    return (options as ComboboxItemGroup<ComboboxItem>[])
      .map((group) => ({ ...group, items: group.items.filter(matches) }))
      .filter(({ items }) => items.length > 0)
  }

/** What the matter is about: typed words or a code narrow both levels down. */
export function ClassificationField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('classification')
  const { shown: book, hold } = useSteady(useRules().classes)
  const [data, filter] = useMemo(() => [classificationGroups(book, value), filterBy(book)], [book, value])
  return (
    <SearchSelect
      id={id}
      data={data}
      filter={filter}
      value={value}
      onChange={change}
      {...hold}
      allowDeselect={false}
      placeholder={problem ?? t('form.classificationHint')}
      error={problem !== null}
      withErrorStyles
      nothingFoundMessage={t('form.nothingFound')}
      renderOption={({ option }) => (
        <span className={css.row}>
          {option.label}
          <small>{option.value}</small>
        </span>
      )}
    />
  )
}
