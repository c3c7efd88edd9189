import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useScriptRules } from '../stores/tables-store.ts'
import css from './fields.module.css'

const MOST = 3

/** Which words of a reply are not said to a citizen, and what is said in their place; nothing is changed or refused. */
export function ForbiddenWords({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  const { forbidden } = useScriptRules()
  const found = useMemo(
    () => [...new Map(forbidden(text).map(({ word }) => [word.word, word])).values()],
    [forbidden, text],
  )
  if (found.length === 0) return null
  return (
    <ul className={css.forbidden} aria-label={t('form.forbidden.title')} aria-live="polite">
      {found.slice(0, MOST).map(({ word, why, better }) => (
        <li key={word}>
          <s>{word}</s> {better === null ? t(`form.forbidden.${why}`) : t('form.forbidden.better', { words: better })}
        </li>
      ))}
    </ul>
  )
}
