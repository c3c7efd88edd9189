import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import lineCss from '../page/lines.module.css'
import { useFailureWords } from './failure-words.ts'

/** Why what is shown was not read anew. */
export function ReadFailure({ failure }: { readonly failure: Failure | null }) {
  const { t } = useTranslation('admin')
  const failureWords = useFailureWords()
  if (failure === null) return null
  return (
    <p className={lineCss.failure} role="alert">
      {t('failed', { words: failureWords(failure) })}
    </p>
  )
}
