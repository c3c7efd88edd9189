import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SHOWN_SIMILAR } from '../../../shared/case/similar.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { perform } from '../actions.ts'
import { keyShown } from '../keys/key-map.ts'
import { useDraft } from '../stores/draft-store.ts'
import { followSimilar, useSimilar } from '../stores/similar-store.ts'
import css from './similar.module.css'

/** One quiet line in the head of the form, where nothing moves for it: how many open cases are like this one. */
export function SimilarLine() {
  const { t } = useTranslation()
  const { of, cases, from, done } = useSimilar()
  const here = useDraft(({ open }) => open?.caseId ?? null)
  useEffect(followSimilar, [])
  const event = cases[0]?.event ?? null
  if (done !== null)
    return (
      <span className={css.line} role="status" data-tone="ok" data-testid="similar-done">
        {t(done.as === 'call' ? 'similar.joinedCall' : 'similar.joinedCase', { caseNo: done.caseNo })}
      </span>
    )
  if (here === null || of !== here || cases.length === 0) return <span role="status" className={css.line} />
  const words =
    event !== null
      ? t('similar.event', { title: plainLine(event.title, 40), say: plainLine(event.say, 80) })
      : t('similar.line', { n: Math.min(cases.length, SHOWN_SIMILAR) })
  return (
    <span role="status" className={css.line}>
      <button
        type="button"
        tabIndex={-1}
        className={css.open}
        data-event={event !== null || undefined}
        data-testid="similar-line"
        title={words}
        onMouseDown={(press) => press.preventDefault()}
        onClick={() => perform('similar')}
      >
        <span className={css.words}>{words}</span>
        {from === 'desk' && <small>{t('similar.deskOnly')}</small>}
        <kbd aria-hidden>{keyShown('similar')}</kbd>
      </button>
    </span>
  )
}
