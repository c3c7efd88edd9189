import { useTranslation } from 'react-i18next'
import { indexingOf } from '../../../shared/kb/indexing.ts'
import { useSync } from '../stores/sync-store.ts'
import css from './indexing-sign.module.css'

/** How far the index is while it does not have all that stands here; nothing afterwards. */
export function IndexingSign() {
  const { t } = useTranslation()
  const sync = useSync((all) => all.sync)
  const indexing = sync && indexingOf(sync)
  if (!indexing) return null
  const words = t('knowledge.indexing', indexing)
  return (
    <div className={css.sign} data-testid="indexing-sign">
      <p>{words}</p>
      <progress aria-label={words} value={indexing.done} max={indexing.all} />
      <p className={css.hint}>{t('knowledge.indexingHint')}</p>
    </div>
  )
}
