import { useTranslation } from 'react-i18next'
import type { ArticleFields } from '../../../shared/kb/article-life-fields.ts'
import { chinaDay } from '../../../shared/china-day.ts'
import tag from '../../ui/panel.module.css'
import { useNow } from '../../ui/use-now.ts'
import css from './kb.module.css'
import { SheetPreview } from './sheets/sheet-preview.tsx'

/** An article as a desk shows it, with what leads to it. */
export function ArticlePreview({ fields }: { readonly fields: ArticleFields }) {
  const { t } = useTranslation('articles')
  const today = chinaDay(useNow(false))
  const { title, body, source, unit, validFrom, validUntil, questions, words = [], related = [], sheets = [] } = fields
  const isOver = validUntil !== '' && validUntil < today
  const comes = validFrom !== undefined && validFrom > today
  return (
    <div className={css.preview} data-testid="preview">
      <p className={css.previewTitle}>{title === '' ? t('nothing') : title}</p>
      <p className={css.text}>{body}</p>
      <SheetPreview sheets={sheets} />
      <p className={css.row}>
        <span className={css.note}>{[unit, source].filter((one) => one !== '').join(' · ')}</span>
        <span className={tag.tag} data-tone={isOver ? 'bad' : comes ? 'warn' : 'ok'}>
          {isOver
            ? t('expired', { date: validUntil })
            : comes
              ? t('notYet', { date: validFrom })
              : t('until', { date: validUntil })}
        </span>
      </p>
      <Line label={t('asked')} of={questions} />
      <Line label={t('alsoCalled')} of={words} />
      <Line label={t('next')} of={related} />
    </div>
  )
}

function Line({ label, of }: { readonly label: string; readonly of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <p className={css.note}>
      {label}：{of.join('、')}
    </p>
  )
}
