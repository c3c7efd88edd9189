import i18next from 'i18next'
import { portalWords as en } from '../../shared/i18n/en/portal.ts'
import { portalWords as zh } from '../../shared/i18n/zh/portal.ts'
import { addArticleWords } from '../page/kb/words.ts'

/** Adds the words of this page to those that it shares with the desk. */
export function addPortalWords(): void {
  i18next.addResourceBundle('zh', 'portal', zh)
  addArticleWords()
  i18next.addResourceBundle('en', 'portal', en)
}
