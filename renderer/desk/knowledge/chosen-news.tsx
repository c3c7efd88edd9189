import { panelNews, useArticleNews } from '../stores/article-news-store.ts'
import { ArticleChange } from './article-change.tsx'
import { ArticleFlag } from './article-flag.tsx'

/** What became of what is open in the list, where something did. */
export function ChosenNews() {
  useArticleNews()
  const news = panelNews()
  if (news === null) return null
  return (
    <>
      <ArticleFlag news={news} place="panel" />
      <ArticleChange place="panel" />
    </>
  )
}
