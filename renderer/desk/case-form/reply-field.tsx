import { useTranslation } from 'react-i18next'
import { LateStrip } from '../late/late-strip.tsx'
import { citedArticle } from '../stores/cited-articles.ts'
import { noteReplyCursor } from '../stores/insert-article.ts'
import { ForbiddenWords } from './forbidden-words.tsx'
import { TextField } from './text-field.tsx'
import { useField } from './use-field.ts'
import css from './fields.module.css'

/** The reply, and under it the articles it rests on. */
export function ReplyField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('reply')
  return (
    <div className={css.tall}>
      <div className={css.text}>
        <TextField
          id={id}
          name={t('form.reply')}
          value={value}
          placeholder={t('form.replyHint')}
          problem={problem}
          onChange={change}
          onSelect={(event) => noteReplyCursor(event.currentTarget.selectionEnd)}
        />
      </div>
      <ForbiddenWords text={value} />
      <LateStrip place="reply" />
      <Citations />
    </div>
  )
}

function Citations() {
  const { t } = useTranslation()
  const { value: articles, change } = useField('articles')
  if (articles.length === 0) return null
  return (
    <ul className={css.cites} aria-label={t('form.field.articles')}>
      {articles.map(({ id, version }) => {
        const known = citedArticle(id, version)
        const until =
          known &&
          (known.expired
            ? t('form.citeExpired', { date: known.validUntil })
            : t('form.citeUntil', { date: known.validUntil }))
        return (
          <li key={id} className={css.cite} data-expired={known?.expired || undefined} title={known?.title}>
            {[t('form.cite', { id, version }), known?.source, until].filter(Boolean).join(' · ')}
            <button
              type="button"
              aria-label={t('form.citeRemove', { id })}
              onClick={() => change(articles.filter((each) => each.id !== id))}
            >
              ×
            </button>
          </li>
        )
      })}
    </ul>
  )
}
