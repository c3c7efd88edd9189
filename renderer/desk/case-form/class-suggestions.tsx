import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { keyShown } from '../keys/key-map.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { followContent, holdSuggestions, takeSuggestion, useSuggestions } from '../stores/suggestion-store.ts'
import css from './class-suggestions.module.css'

/** What the matter may be about, by its words so far: offered until the operator has said it herself. */
export function ClassSuggestions() {
  const { t } = useTranslation()
  const open = useDraft((draft) => formOf(draft).classification === null)
  const shown = useSuggestions((suggestions) => suggestions.shown)
  useEffect(followContent, [])
  if (!open || shown.length === 0) return null
  return (
    <div
      className={css.row}
      role="group"
      aria-label={t('form.suggested')}
      data-testid="class-suggestions"
      onPointerEnter={() => holdSuggestions(true)}
      onPointerLeave={() => holdSuggestions(false)}
    >
      {shown.map(({ code, group, name }, index) => (
        <button
          key={code}
          type="button"
          className={css.one}
          title={`${group} › ${name}`}
          onClick={() => takeSuggestion(code)}
        >
          <span>{name}</span>
          {index === 0 && <kbd aria-hidden>{keyShown('takeClass')}</kbd>}
        </button>
      ))}
    </div>
  )
}
