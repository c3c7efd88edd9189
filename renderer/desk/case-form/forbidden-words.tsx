import { useTranslation } from 'react-i18next'
import type { Found } from '../../../shared/script/find-words.ts'
import type { ForbiddenWord } from '../../../shared/script/forbidden.ts'
import { keyShown } from '../keys/key-map.ts'
import css from './fields.module.css'

const MOST = 3

/** Which words of a reply are not said to a citizen, and what is said in their place; nothing is changed or refused. */
export function ForbiddenWords({ found }: { readonly found: readonly Found<ForbiddenWord>[] }) {
  const { t } = useTranslation()
  const words = [...new Map(found.map(({ word }) => [word.word, word])).values()]
  if (words.length === 0) return null
  return (
    <ul className={css.forbidden} aria-label={t('form.forbidden.title')} aria-live="polite">
      {words.slice(0, MOST).map(({ word, why, better }) => (
        <li key={word} data-why={why}>
          <s>{word}</s> {why === 'secret' || better === null ? t(`form.forbidden.${why}`) : ''}
          {better !== null && ` ${t('form.forbidden.better', { words: better })}`}
        </li>
      ))}
      <li className={css.take}>
        <kbd aria-hidden>{keyShown('takeWording')}</kbd> {t('form.forbidden.take')}
      </li>
    </ul>
  )
}
