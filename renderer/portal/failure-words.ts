import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { MOST_FILES } from '../../shared/unit/attachment.ts'

const byDetail = ['reviewed', 'asked', 'foreignPage', 'tooLarge', 'unit'] as const
const byFile = ['empty', 'tooLarge', 'foreignType', 'tooMany', 'name'] as const

/** A refusal of central in words that say what to do. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('portal')
  const { t: common } = useTranslation()
  return ({ code, detail }) => {
    const known = byDetail.find((one) => one === detail)
    if (known !== undefined) return t(`refused.${known}`)
    if (code === 'invalidInput' && detail !== undefined && /^step\.(text|reason)$/.test(detail))
      return t('refused.text')
    if (code === 'notFound') return t('refused.notFound')
    if (code === 'forbidden') return t('refused.forbidden')
    return common(`error.${code}`, { minutes: detail })
  }
}

/** Why a file was not taken. */
export function useFileWords(): (failure: Failure) => string {
  const { t } = useTranslation('portal')
  const others = useFailureWords()
  return (failure) => {
    const known = byFile.find((one) => one === failure.detail)
    return known === undefined ? others(failure) : t(`file.why.${known}`, { most: MOST_FILES })
  }
}
