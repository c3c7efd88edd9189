import { useTranslation } from 'react-i18next'
import css from './sheets.module.css'

/** Why an article cannot be saved yet: so many places of its tables are still to be mended. */
export function UnfinishedSheets({ number }: { readonly number: number }) {
  const { t } = useTranslation('articles')
  return (
    <span className={css.unfinished} role="status">
      {number === 0 ? '' : t('sheets.unfinished', { number })}
    </span>
  )
}
