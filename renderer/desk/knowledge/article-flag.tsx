import { useTranslation } from 'react-i18next'
import type { ArticleNews } from '../../../shared/kb/article-news.ts'
import { useSaid } from '../late/use-said.ts'
import { keyShown } from '../keys/key-map.ts'
import { toggleChange, useArticleNews, type Place } from '../stores/article-news-store.ts'
import css from './article-change.module.css'

/** What became of an article, in words. */
export function useNewsWords() {
  const { t } = useTranslation()
  const { when } = useSaid()
  return ({ id, at, now, kind }: ArticleNews, place: Place): string => {
    const where = place === 'reply' ? 'cited' : 'open'
    if (kind === 'withdrawn' || now === null) return t(`articleNews.${where}.withdrawn`, { id, when: when(at ?? 0) })
    const { version } = now
    if (at === null) return t(`articleNews.${where}.changedOnce`, { id, version })
    return t(`articleNews.${where}.changed`, { id, version, when: when(at) })
  }
}

/** Beside an article in use: what became of it, and the key that shows it. */
export function ArticleFlag({ news, place }: { readonly news: ArticleNews; readonly place: Place }) {
  const { t } = useTranslation()
  const words = useNewsWords()
  const isShown = useArticleNews(({ shown }) => shown?.place === place && shown.id === news.id)
  return (
    <span className={css.flag} data-testid={`article-flag-${place}`}>
      <span role="status">{words(news, place)}</span>
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => toggleChange(place)}>
        {t(isShown ? 'articleNews.hide' : 'articleNews.see')} <kbd aria-hidden>{keyShown('seeChange')}</kbd>
      </button>
    </span>
  )
}
