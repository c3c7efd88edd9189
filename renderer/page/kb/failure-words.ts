import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import type { articleWords } from '../../../shared/i18n/zh/articles.ts'

type Refused = keyof typeof articleWords.refused

/** A refusal of central about an article, in words that say what to do. */
export function useKbFailureWords(): (failure: Failure) => string {
  const { t, i18n } = useTranslation('articles')
  const { t: common } = useTranslation()
  const isKnown = (key: string): key is Refused => /^\w+$/.test(key) && i18n.exists(`articles:refused.${key}`)
  return ({ code, detail }) => {
    if (code === 'outdated') return t('refused.outdated')
    // Of `step.fields.sheets.0.title` the field of the article is named.
    const named = detail?.split('.').find((part) => isKnown(part))
    if (named !== undefined && isKnown(named)) return t(`refused.${named}`)
    if (isKnown(code)) return t(`refused.${code}`)
    return common(`error.${code}`, { minutes: detail })
  }
}
