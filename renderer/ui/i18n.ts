import { changeLanguage as change, use as extend } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from '../../shared/i18n/en.ts'
import { zh, type Dictionary, type Words } from '../../shared/i18n/zh.ts'
import type { adminWords } from '../../shared/i18n/zh/admin.ts'
import type { articleWords } from '../../shared/i18n/zh/articles.ts'
import type { portalWords } from '../../shared/i18n/zh/portal.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    /** The pages in a browser have namespaces of their own: the desk knows nothing of their words. */
    resources: {
      translation: Dictionary
      portal: Words<typeof portalWords>
      admin: Words<typeof adminWords>
      articles: Words<typeof articleWords>
    }
  }
}

export type Language = 'zh' | 'en'

/** The language of the words on the screen, where data have their own. */
export const languageOf = ({ language }: { readonly language: string }): Language =>
  language.startsWith('zh') ? 'zh' : 'en'

/** Makes the words ready before anything is drawn. */
export async function startWords(language: Language): Promise<void> {
  await extend(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    // React escapes; escaping twice would show &amp; in a caller's name.
    interpolation: { escapeValue: false },
  })
  nameLanguage(language)
}

/** Changes the words of the whole desk at once. */
export async function changeLanguage(language: Language): Promise<void> {
  await change(language)
  nameLanguage(language)
}

function nameLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
