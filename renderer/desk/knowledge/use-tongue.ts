import { useTranslation } from 'react-i18next'
import type { Said } from '../../../shared/kb/sheet-answer.ts'
import { useActivity } from '../stores/activity-store.ts'

type SaidWords = ((said: Said) => string) & { readonly language: 'zh' | 'en' }

/** Words in the tongue that is spoken with the citizen (Alt L); as long as none is chosen, in the language of the desk. */
export function useTongue(): SaidWords {
  const { i18n } = useTranslation()
  const tongue = useActivity((activity) => activity.tongue)
  const language = (tongue ?? i18n.language) === 'en' ? 'en' : 'zh'
  return Object.assign((said: Said) => said[language], { language } as const)
}
