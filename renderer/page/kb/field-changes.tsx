import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../shared/kb/article-life-fields.ts'
import css from './kb.module.css'
import { useSheetChange } from './sheets/sheet-change.ts'

/** What differs, field by field: what stood there, and below it what comes. */
export function FieldChanges({ changes }: { readonly changes: readonly FieldChange[] }) {
  const { t } = useTranslation('articles')
  const ofSheets = useSheetChange()
  const told = changes.map((change) => (change.field === 'sheets' ? ofSheets(change) : change))
  return (
    <ul className={css.changes} data-testid="changes">
      {told.map(({ field, before, after }) => (
        <li key={field}>
          <b>{t(`field.${field}`)}</b>
          {before !== '' && <del>{before}</del>}
          <ins>{after === '' ? t('nothing') : after}</ins>
        </li>
      ))}
    </ul>
  )
}
