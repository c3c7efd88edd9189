import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { markedPieces } from '../../../shared/script/better-wording.ts'
import { ArticleChange } from '../knowledge/article-change.tsx'
import { ArticleFlag } from '../knowledge/article-flag.tsx'
import { LateStrip } from '../late/late-strip.tsx'
import { replyNews, useArticleNews } from '../stores/article-news-store.ts'
import { citedArticle } from '../stores/cited-articles.ts'
import { noteReplyCursor } from '../stores/insert-article.ts'
import { useScriptRules } from '../stores/tables-store.ts'
import { ForbiddenWords } from './forbidden-words.tsx'
import { TextField } from './text-field.tsx'
import { useField } from './use-field.ts'
import css from './fields.module.css'

/** The reply, and under it the articles it rests on. */
export function ReplyField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('reply')
  const { forbidden } = useScriptRules()
  // What was typed is drawn first; the marks come after it, and give way to the next key (CW6).
  const looked = useDeferredValue(value)
  const found = useMemo(() => forbidden(looked), [forbidden, looked])
  const marks = useMemo(() => markedPieces(looked, found), [looked, found])
  return (
    <div className={css.tall}>
      <div className={css.text}>
        <TextField
          id={id}
          name={t('form.reply')}
          value={value}
          placeholder={t('form.replyHint')}
          problem={problem}
          marks={marks}
          onChange={change}
          onSelect={(event) => noteReplyCursor(event.currentTarget.selectionEnd)}
        />
      </div>
      <ForbiddenWords found={found} />
      <LateStrip place="reply" />
      <ArticleChange place="reply" />
      <Citations />
    </div>
  )
}

function Citations() {
  const { t } = useTranslation()
  const { value: articles, change } = useField('articles')
  const { news } = useArticleNews()
  if (articles.length === 0) return null
  const pending = replyNews()
  return (
    <ul className={css.cites} aria-label={t('form.field.articles')}>
      {articles.map(({ id, version }) => {
        const changed = pending.find((one) => one.id === id)
        const expired = news.find((one) => one.kind === 'expired' && one.id === id)
        const known = expired?.before ?? citedArticle(id, version)
        const until =
          known &&
          (known.expired
            ? t('form.citeExpired', { date: known.validUntil })
            : t('form.citeUntil', { date: known.validUntil }))
        const warn = changed !== undefined || known?.expired
        return (
          <li key={id} className={css.cite} data-expired={warn || undefined} title={known?.title}>
            {changed ? (
              <ArticleFlag news={changed} place="reply" />
            ) : (
              [t('form.cite', { id, version }), known?.source, until].filter(Boolean).join(' · ')
            )}
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
