import { useTranslation } from 'react-i18next'
import { searchFor, useSuggested } from './suggested-store.ts'
import css from './suggested-list.module.css'

/** Articles that may be asked for next, by the form so far; nothing where there are none. */
export function SuggestedList() {
  const { t } = useTranslation()
  const { list, chosen } = useSuggested()
  if (list.length === 0) return null
  return (
    <div className={css.list} role="group" aria-label={t('knowledge.suggested')}>
      <p>{t('knowledge.suggested')}</p>
      {list.map((one, index) => (
        <button
          key={one.id}
          type="button"
          data-chosen={index === chosen || undefined}
          aria-current={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => searchFor(one)}
        >
          {one.title}
        </button>
      ))}
    </div>
  )
}
