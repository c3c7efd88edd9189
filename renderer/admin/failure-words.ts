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
  'id',
  'nameTaken',
  'numbers',
  'changed',
  'openCases',
  'secretKey',
  'unchanged',
  'url',
  'tooMany',
  'events',
] as const

/** A refusal of central in words that say what to do. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return ({ code, detail }) => {
    // Of `line.extension` the line is named.
    const [first, place] = detail?.split('.') ?? []
    const known = details.find((one) => one === first)
    if (known !== undefined) return t(`refused.${known}`, { place: Number(place ?? 0) + 1 })
    if (code === 'notFound' || code === 'forbidden') return t(`refused.${code}`)
    return common(`error.${code}`, { minutes: detail })
  }
}
