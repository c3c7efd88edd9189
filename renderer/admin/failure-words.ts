import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'

const details = [
  'foreignPage',
  'self',
  'lastAdministrator',
  'staffNo',
  'name',
  'role',
  'unit',
  'line',
  'nothing',
] as const

/** A refusal of central in words that say what to do. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return ({ code, detail }) => {
    // Of `line.extension` the line is named.
    const known = details.find((one) => one === detail?.split('.')[0])
    if (known !== undefined) return t(`refused.${known}`)
    if (code === 'notFound' || code === 'forbidden') return t(`refused.${code}`)
    return common(`error.${code}`, { minutes: detail })
  }
}
