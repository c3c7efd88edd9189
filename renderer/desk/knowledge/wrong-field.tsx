import { Input } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { WRONG_MOST } from '../../../shared/kb/note.ts'
import { isComposing } from '../../ui/composing.ts'
import { keyShown } from '../keys/key-map.ts'
import { closeWrong, editWrong, sendWrong, toggleWrong, useWrong, WRONG_ID } from './wrong-store.ts'
import css from './wrong-field.module.css'

/** On the open article: the key that says it is wrong, or that this is noted. */
export function WrongKey({ articleId }: { readonly articleId: string }) {
  const { t } = useTranslation()
  const { article, said } = useWrong()
  return (
    <>
      {said === articleId && (
        <span role="status" className={css.said} data-testid="wrong-noted">
          ✓ {t('wrongAnswer.noted')}
        </span>
      )}
      {article?.id !== articleId && (
        <button
          type="button"
          className={css.key}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => toggleWrong()}
        >
          {t('wrongAnswer.key')} <kbd aria-hidden>{keyShown('wrongAnswer')}</kbd>
        </button>
      )}
    </>
  )
}

/** The operator's words on an article that is wrong. */
export function WrongField({ articleId }: { readonly articleId: string }) {
  const { t } = useTranslation()
  const { article, words, sign, sending, failure } = useWrong()
  if (article?.id !== articleId) return null
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey) return
    if (event.key === 'Enter') void sendWrong()
    else if (event.key === 'Escape') closeWrong()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const said =
    failure?.detail === 'citizen'
      ? t('wrongAnswer.citizen')
      : failure?.detail === 'empty'
        ? t('wrongAnswer.empty')
        : failure && t(`error.${failure.code}`)
  return (
    <div className={css.field} onMouseDown={(event) => event.stopPropagation()} data-testid="wrong-field">
      <Input
        id={WRONG_ID}
        value={words}
        maxLength={WRONG_MOST}
        disabled={sending}
        spellCheck={false}
        autoComplete="off"
        aria-label={t('wrongAnswer.field', { id: articleId })}
        aria-describedby={`${WRONG_ID}-hint`}
        placeholder={t('wrongAnswer.placeholder')}
        onKeyDown={onKeyDown}
        onChange={(event) => editWrong(event.currentTarget.value)}
      />
      <p id={`${WRONG_ID}-hint`} className={css.hint} role="status" data-tone={failure ? 'bad' : undefined}>
        {failure ? said : sign?.state === 'stalled' ? t('wrongAnswer.stalled') : t('wrongAnswer.hint')}
      </p>
    </div>
  )
}
