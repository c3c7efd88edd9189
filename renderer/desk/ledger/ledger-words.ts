import type { TFunction } from 'i18next'
import type { LedgerEntry } from '../../../shared/ledger/entry.ts'
import { maskNumber } from '../../../shared/phone-number.ts'

const MINUTE_MS = 60_000

/** Whose call it was; what stands on the screen is masked, whatever may be dialled. */
export function numberWords({ number }: LedgerEntry, t: TFunction): string {
  return number === '' ? t('call.hiddenNumber') : maskNumber(number)
}

/** How it ended, and who spoke with her. */
export function endWords({ ending, answeredBy, staffNo }: LedgerEntry, t: TFunction): string {
  if (ending === null) return t('ledger.ending.unknown')
  const who = staffNo ?? answeredBy
  const words = t(`ledger.ending.${ending}`)
  return ending === 'answered' && who !== null ? `${words} · ${who}` : words
}

/** How long it should have had an outcome; null of one whose end nobody told. */
export function lateWords({ dueAt }: LedgerEntry, now: number, t: TFunction): string | null {
  if (dueAt === null) return null
  const minutes = Math.max(0, Math.floor((now - dueAt) / MINUTE_MS))
  return minutes < 60
    ? t('ledger.late.minutes', { n: minutes })
    : t('ledger.late.hours', { n: Math.floor(minutes / 60), m: minutes % 60 })
}
