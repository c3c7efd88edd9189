import { useTranslation } from 'react-i18next'
import type { adminTablesWords } from '../../../shared/i18n/zh/admin-tables.ts'
import type { Step, TableChange } from '../../../shared/tables/diff.ts'
import css from './tables.module.css'

const MOST = 200

type Key = keyof typeof adminTablesWords.keys

/** What changes, place by place: what stood there struck out, what comes beside it. */
export function Changes({ changes }: { readonly changes: readonly TableChange[] }) {
  const { t } = useTranslation('admin')
  if (changes.length === 0) return <p className={css.note}>{t('tables.noChanges')}</p>
  return (
    <ul className={css.changes} data-testid="changes">
      {changes.slice(0, MOST).map((change) => (
        <Change key={`${JSON.stringify(change.place)} ${change.kind}`} change={change} />
      ))}
      {changes.length > MOST && <li>{t('tables.moreChanges', { number: changes.length - MOST })}</li>}
    </ul>
  )
}

/** What a field of a table is called; one that has no words here is called by its key. */
export function useKeyWords(): (key: string) => string {
  const { t, i18n } = useTranslation('admin')
  const isKey = (key: string): key is Key => /^\w+$/.test(key) && i18n.exists(`admin:tables.keys.${key}`)
  return (key) => (isKey(key) ? t(`tables.keys.${key}`) : key)
}

function Change({ change: { place, kind, before, after } }: { readonly change: TableChange }) {
  const { t } = useTranslation('admin')
  const keyWords = useKeyWords()
  const words = (step: Step) => ('row' in step ? step.row : keyWords(step.key))
  return (
    <li>
      <span className={css.place}>{place.map(words).join(' › ')}</span>
      <span className={css.kind} data-kind={kind}>
        {t(`tables.${kind}`)}
      </span>
      {kind === 'changed' && <del>{before}</del>}
      {kind === 'changed' && <ins>{after}</ins>}
      {kind === 'added' && <ins>{after}</ins>}
      {kind === 'removed' && <del>{before}</del>}
    </li>
  )
}
