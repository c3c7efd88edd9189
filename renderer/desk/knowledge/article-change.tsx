import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ArticleNews, ArticleWords } from '../../../shared/kb/article-news.ts'
import { diffLines, type DiffRow } from '../../../shared/kb/line-diff.ts'
import { sheetLines } from '../../../shared/kb/sheet-rows.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { keyShown } from '../keys/key-map.ts'
import { markDifference, type Marked } from '../late/text-difference.ts'
import { settleChange, shownChange, useArticleNews, type Place } from '../stores/article-news-store.ts'
import css from './article-change.module.css'

/** What changed in an article, old beside new, once the operator asked for it; and the two keys that settle it. */
export function ArticleChange({ place }: { readonly place: Place }) {
  const { t } = useTranslation()
  const { full } = useArticleNews()
  const about = shownChange()
  if (about === null || about.place !== place) return null
  const { news } = about
  return (
    <section className={css.strip} aria-label={t('articleNews.title')} data-testid="article-change">
      <div className={css.head}>
        <StatusShape shape="half" />
        <b role="status" data-tone={full ? 'bad' : undefined}>
          {t(full ? 'articleNews.full' : 'articleNews.title')}
        </b>
        <div className={css.acts}>
          <Act words={t(`articleNews.keep.${place}`)} take={false} />
          {(news.now !== null || place === 'reply') && (
            <Act words={t(news.now === null ? 'articleNews.drop' : `articleNews.take.${place}`)} take />
          )}
        </div>
      </div>
      <Sides news={news} />
    </section>
  )
}

function Act({ words, take }: { readonly words: string; readonly take: boolean }) {
  return (
    <Button
      size="compact-sm"
      // A click leaves the cursor where the operator writes.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => settleChange(take)}
      rightSection={<kbd aria-hidden>{keyShown(take ? 'takeLate' : 'keepStanding')}</kbd>}
    >
      {words}
    </Button>
  )
}

/** All that it says: its words, and the rows of its tables as they would be said. */
const textOf = ({ body, sheets }: ArticleWords) => [body, ...sheetLines(sheets)].join('\n')

function Sides({ news: { before, now, version } }: { readonly news: ArticleNews }) {
  const { t } = useTranslation()
  if (now === null) return <p className={css.note}>{t('articleNews.gone')}</p>
  const title = { before: before?.title ?? now.title, after: now.title }
  const rows = changedRows(diffLines(textOf(before ?? now), textOf(now)))
  const sameWords = before !== null && title.before === title.after && rows.length === 0
  return (
    <>
      {before === null && <p className={css.note}>{t('articleNews.lost', { version })}</p>}
      {sameWords && <p className={css.note}>{t('articleNews.besides')}</p>}
      <div className={css.sides} role="group" aria-label={t('articleNews.differences')} tabIndex={0}>
        <div className={css.title}>{t('articleNews.before', { version })}</div>
        <div className={css.title}>{t('articleNews.now', { version: now.version })}</div>
        {title.before !== title.after && <Pair row={{ ...title, same: false }} />}
        {rows.map(({ at, row, apart }) => (
          <Pair key={at} row={row} apart={apart} />
        ))}
      </div>
    </>
  )
}

type Changed = { readonly at: number; readonly row: DiffRow; readonly apart: boolean }

/** Only what differs is read; `apart` where lines that both have stand before it. */
function changedRows(rows: readonly DiffRow[]): Changed[] {
  return rows.flatMap((row, at) => (row.same ? [] : [{ at, row, apart: rows[at - 1]?.same === true }]))
}

function Pair({ row: { before, after }, apart = false }: { readonly row: DiffRow; readonly apart?: boolean }) {
  const [old, now] = markDifference(before ?? '', after ?? '')
  return (
    <>
      {apart && <hr className={css.apart} />}
      <Line words={before === null ? null : old} />
      <Line words={after === null ? null : now} />
    </>
  )
}

function Line({ words }: { readonly words: Marked | null }) {
  const { t } = useTranslation()
  if (words === null) return <p className={css.none}>{t('articleNews.none')}</p>
  return (
    <p className={css.line}>
      {words.before}
      {words.changed !== '' && <mark>{words.changed}</mark>}
      {words.after}
    </p>
  )
}
