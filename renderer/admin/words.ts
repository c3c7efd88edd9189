import i18next from 'i18next'
import { adminWords as en } from '../../shared/i18n/en/admin.ts'
import { adminWords as zh } from '../../shared/i18n/zh/admin.ts'
import { addArticleWords } from '../page/kb/words.ts'

/** Adds the words of these pages to those that they share with the desk. */
export function addAdminWords(): void {
  i18next.addResourceBundle('zh', 'admin', zh)
  addArticleWords()
  i18next.addResourceBundle('en', 'admin', en)
}
