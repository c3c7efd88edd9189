import i18next from 'i18next'
import { articleWords as en } from '../../../shared/i18n/en/articles.ts'
import { articleWords as zh } from '../../../shared/i18n/zh/articles.ts'

/** Adds the words of articles to those that a page has. */
export function addArticleWords(): void {
  i18next.addResourceBundle('zh', 'articles', zh)
  i18next.addResourceBundle('en', 'articles', en)
}
