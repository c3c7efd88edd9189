import { useTranslation } from 'react-i18next'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { keyShown } from '../keys/key-map.ts'
import { deskState } from '../stores/call-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import css from './caller-card.module.css'

/** Why the operator is away, where the phone did it. */
function awayReason(snapshot: PhoneSnapshot): 'missedAway' | 'rejectedAway' | 'lostAway' | null {
  const { call, operator } = snapshot
  // Both are told by one event of the phone, so their times are the same but for the clock's reading.
  if (!call || call.endedAt === null || Math.abs(call.endedAt - operator.since) > 1000) return null
  switch (call.outcome) {
    case 'missed':
      return 'missedAway'
    case 'rejected':
      return 'rejectedAway'
    case 'lost':
      return 'lostAway'
    default:
      return null
  }
}

/** The caller's place while nobody calls: it says what the desk waits for. */
export function IdleCard({ snapshot }: { readonly snapshot: PhoneSnapshot | null }) {
  const { t } = useTranslation()
  const phoneUp = useSync(isPhoneUp)
  const state = deskState(snapshot)
  if (!phoneUp)
    return (
      <div className={css.who}>
        <div className={css.number}>{t('sync.phoneDown')}</div>
        <div className={css.line} />
        <div className={css.hint}>{t('call.offlineHint')}</div>
      </div>
    )
  if (state === 'away' && snapshot) {
    const reason = awayReason(snapshot)
    const { away } = snapshot.operator
    return (
      <div className={css.who} role="status">
        <div className={css.number}>{t('call.awayTitle')}</div>
        <div className={css.line}>{reason ? t(`call.${reason}`) : t(`status.reason.${away ?? 'other'}`)}</div>
        <div className={css.hint}>{t('call.awayHint', { key: keyShown('ready') })}</div>
      </div>
    )
  }
  const offline = state === 'offline'
  return (
    <div className={css.who}>
      <div className={css.number}>{offline ? t('call.offlineTitle') : t('call.idleTitle')}</div>
      {offline ? <div className={css.line}>{snapshot?.problem ? t(`line.${snapshot.problem}`) : ''}</div> : <Owed />}
      {offline ? <div className={css.hint}>{t('call.offlineHint')}</div> : <Today />}
    </div>
  )
}

/** Whom the desk owes a call, and the key that calls. */
function Owed() {
  const { t } = useTranslation()
  const owed = useSync(({ today }) => today?.callsOwed ?? 0)
  return (
    <div className={`${css.line} ${css.owed}`} role="status">
      {owed > 0 ? t('calls.owedNow', { n: owed, key: keyShown('callBack') }) : ''}
    </div>
  )
}

function Today() {
  const { t } = useTranslation()
  const today = useSync((state) => state.today)
  return (
    <dl className={css.today} aria-label={t('today.title')}>
      {(['answered', 'missed', 'repliesOwed'] as const).map((figure) => (
        <div key={figure}>
          <dt>{t(`today.${figure}`)}</dt>
          <dd>{today?.[figure] ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
