import type { TFunction } from 'i18next'
import type { ListedCall } from '../../../shared/call/call-book.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { countUp } from '../../ui/format-time.ts'

/** In which direction a call went, or what it was for. */
export function kindWords({ direction, purpose }: ListedCall, t: TFunction): string {
  return t(`calls.kind.${purpose === 'citizen' ? direction : purpose}`)
}

/** How a call ended, with how long it was spoken. */
export function howWords(
  { answeredAt, endedAt, outcome, transferredTo, answeredElsewhere }: ListedCall,
  t: TFunction,
): string {
  if (endedAt === null || outcome === null) return t('calls.how.up')
  if (transferredTo !== null) return t('calls.how.transferred', { to: maskNumber(transferredTo) || transferredTo })
  if (answeredAt === null && (answeredElsewhere || outcome === 'elsewhere')) return t('calls.how.elsewhere')
  const time = answeredAt === null ? null : countUp(answeredAt, endedAt)
  if (time === null) return outcome === 'lost' ? t('calls.how.lostRinging') : t(`calls.how.${plain(outcome)}`)
  return outcome === 'lost' ? t('calls.how.lost', { time }) : t('calls.how.completed', { time })
}

/** Of a call that nobody answered there is nothing completed. */
function plain(outcome: NonNullable<ListedCall['outcome']>): 'missed' | 'rejected' | 'failed' {
  return outcome === 'missed' || outcome === 'rejected' ? outcome : 'failed'
}

/** What is owed the citizen of a call, or why nothing can be; null where nothing is. */
export function owedWords(call: ListedCall, t: TFunction): string | null {
  if (call.owed) return call.tries === 0 ? t('calls.owed') : t('calls.tried', { n: call.tries })
  const hidden = call.purpose === 'citizen' && call.direction === 'in' && call.number === ''
  return hidden && call.answeredAt === null && call.endedAt !== null ? t('calls.hidden') : null
}
