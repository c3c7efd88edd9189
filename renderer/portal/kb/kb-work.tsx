import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ArticleList, useArticleList } from '../../page/kb/article-list.tsx'
import { ArticlePanel } from '../../page/kb/article-panel.tsx'
import { dropAllTyped } from '../../page/kb/article-typed.ts'
import { NEW_ARTICLE, type KbPage } from '../../page/kb/kb-page.ts'
import pageCss from '../../page/kb/kb.module.css'
import { NewArticle } from '../../page/kb/new-article.tsx'
import lineCss from '../../page/lines.module.css'
import css from '../../page/work.module.css'
import { articlesHref, goToArticle } from '../route.ts'
import { onSessionChange } from '../session/session-store.ts'

onSessionChange((change) => change === 'left' && dropAllTyped())

const page: KbPage = {
  ...{ base: '/unit', party: 'unit', looks: false, units: null },
  ...{ hrefTo: articlesHref, goTo: goToArticle },
}

/** The unit's own articles: what stands, what it proposes, and what became of that. */
export function KbWork({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('articles')
  const list = useArticleList(page)
  return (
    <>
      <div className={css.list}>
        <section className={lineCss.panel} aria-label={t('list')}>
          <div className={pageCss.bar}>
            <Button onClick={() => goToArticle(NEW_ARTICLE)}>{t('propose')}</Button>
          </div>
          <ArticleList page={page} of={list} chosen={item} />
        </section>
      </div>
      <div className={css.chosen} id="case" tabIndex={-1}>
        {item === null ? (
          <p className={lineCss.empty}>{t('choose')}</p>
        ) : item === NEW_ARTICLE ? (
          <NewArticle page={page} onChanged={list.refresh} />
        ) : (
          <ArticlePanel key={item} page={page} id={item} onChanged={list.refresh} />
        )}
      </div>
    </>
  )
}
