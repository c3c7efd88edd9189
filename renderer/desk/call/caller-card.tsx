import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../shared/call/call.ts'
import { isOpenState } from '../../../shared/case/owed.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { countUp } from '../../ui/format-time.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { useNow } from '../../ui/use-now.ts'
import { keyShown } from '../keys/key-map.ts'
import { useCall } from '../stores/call-store.ts'
import { endWords, signOf } from './call-words.ts'
import { CareSigns } from './care-signs.tsx'
import { LevelMeters } from './level-meters.tsx'
import type { Earlier } from './use-earlier-cases.ts'
import css from './caller-card.module.css'

function timesWords(before: number | null, t: TFunction): string {
  if (before === null) return ''
  return before === 0 ? t('call.first') : t('call.nth', { n: before + 1 })
}

/** Who is calling, readable in one second. */
export function CallerCard({ call, earlier }: { readonly call: Call; readonly earlier: Earlier }) {
  const { t } = useTranslation()
  const { callId, number, name } = call.caller
  const masked = maskNumber(number)
  const before = earlier.state === 'known' ? earlier.cases.length : null

  useEffect(() => {
    // Two frames: the first is drawn with the card in it, the second says that it was.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark('caller-card-painted', { detail: { callId } }))
    })
    return () => cancelAnimationFrame(frame)
  }, [callId])

  return (
    <div className={css.who} data-ringing={call.phase === 'ringing' || undefined} data-testid="caller-card">
      <div className={css.top}>
        <span className={css.number}>{masked === '' ? t('call.hiddenNumber') : masked}</span>
        <LineSign />
      </div>
      <div className={css.line}>
        <bdi className={css.name}>{plainLine(name)}</bdi>
        <span className={css.times}>
          {call.direction === 'out' ? t('lines.beside.citizen') : timesWords(before, t)}
          <StillOpen earlier={earlier} />
        </span>
      </div>
      {call.phase !== 'ended' && <LevelMeters muted={call.muted} />}
      <CareSigns call={call} />
      <div role="status">
        {call.outcome && (
          <span className={css.over} data-tone={call.outcome === 'lost' ? 'bad' : undefined}>
            {call.outcome === 'lost' && <StatusShape shape="hollow" />}
            {endWords(call, t)}
          </span>
        )}
      </div>
    </div>
  )
}

/** She waits for something already: to be seen before she says it. */
function StillOpen({ earlier }: { readonly earlier: Earlier }) {
  const { t } = useTranslation()
  const open = earlier.state === 'known' ? earlier.cases.filter(({ state }) => isOpenState(state)).length : 0
  if (open === 0) return null
  return (
    <span className={css.open} data-testid="still-open">
      {t('call.stillOpen', { n: open })} <kbd aria-hidden>{keyShown('earlier')}</kbd>
    </span>
  )
}

/** On hold, dialling, three-way or being put through: beside the number, where she looks. */
function LineSign() {
  const { t } = useTranslation()
  const snapshot = useCall((state) => state.snapshot)
  const sign = snapshot && signOf(snapshot, t)
  const answersAt = snapshot?.autoAnswerAt ?? null
  const now = useNow(sign?.since != null || answersAt !== null)
  return (
    <span role="status" data-testid="line-sign">
      {answersAt !== null && (
        <span className={css.sign} data-tone="brand">
          {t('care.autoAnswer', { n: Math.max(0, Math.ceil((answersAt - now) / 1000)) })}
        </span>
      )}
      {sign && (
        <span className={css.sign} data-tone={sign.tone}>
          {sign.words}
          {/* Counting is no news: it is not read out. */}
          {sign.since != null && <span aria-hidden> {countUp(sign.since, now)}</span>}
        </span>
      )}
    </span>
  )
}
