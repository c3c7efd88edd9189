import type { Language } from './i18n.ts'

const LANGUAGE = 'sanxin.language'

/** Where Mantine's own manager keeps the colour scheme. */
export const SCHEME = 'sanxin.scheme'

/** The language that the operator chose at this desk, if ever. */
export function rememberedLanguage(): Language | null {
  const language = localStorage.getItem(LANGUAGE)
  return language === 'zh' || language === 'en' ? language : null
}

/** Keeps the language for the next start. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language)
}
