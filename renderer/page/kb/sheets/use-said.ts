import { useTranslation } from 'react-i18next'
import type { Said } from '../../../../shared/kb/sheet-answer.ts'

/** Words in the language of the page. */
export function useSaid(): (said: Said) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (said) => said[language]
}
