import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isUp, type Call } from '../../../shared/call/call.ts'
import type { LinesNow } from '../../../shared/call/ended-by-key.ts'
import { countUp } from '../../ui/format-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { perform } from '../actions.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { useCall } from '../stores/call-store.ts'
import { isOpen, type LineAct } from '../stores/line-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import { besideWords, failureWords, shownNumber } from './call-words.ts'
import css from './line-cards.module.css'

/** The calls beside the one in front, at the foot of the column: keys and lists above stay where they are. */
export function LineCards() {
  const snapshot = useCall((state) => state.snapshot)
  if (snapshot === null) return null
  const { other, beside, refused } = snapshot
  return (
    <div className={css.cards} role="status" data-testid="line-cards">
      {other && <OtherCard lines={snapshot} other={other} />}
      {beside && (isUp(snapshot.call) || isUp(beside)) && <BesideCard lines={snapshot} beside={beside} />}
      {refused !== null && isUp(snapshot.call) && <Refused status={refused} />}
    </div>
  )
}

function Act({
  act,
  lines,
  tone,
  children,
}: {
  act: LineAct
  lines: LinesNow
  tone?: 'accept' | 'go'
  children: ReactNode
}) {
  const phoneUp = useSync(isPhoneUp)
  return (
    <KeyButton id={act} tone={tone} disabled={!phoneUp || !isOpen(lines, act)} onPress={() => perform(act)}>
      {children}
    </KeyButton>
  )
}

/** Another citizen: she knocks, or waits for the operator to come back. */
function OtherCard({ lines, other }: { readonly lines: LinesNow; readonly other: Call }) {
  const { t } = useTranslation()
  const knocks = other.phase === 'ringing'
  return (
    <section className={css.card} data-tone={knocks ? 'brand' : 'warn'} aria-label={t('lines.area')}>
      {knocks ? (
        <Head title={t('lines.knocking')} since={other.ringAt} />
      ) : (
        <Head title={t('lines.waiting')} since={other.hold.since} />
      )}
      <p className={css.number}>{shownNumber(other.caller, t)}</p>
      <div className={css.acts}>
        {knocks ? (
          <>
            <Act act="answer" lines={lines} tone="accept">
              {t('lines.take')}
            </Act>
            <Act act="reject" lines={lines}>
              {t('lines.busy')}
            </Act>
          </>
        ) : (
          <Act act="swap" lines={lines}>
            {t('lines.key.swap')}
          </Act>
        )}
      </div>
    </section>
  )
}

/** Who is asked, or takes the citizen over. */
function BesideCard({ lines, beside }: { readonly lines: LinesNow; readonly beside: Call }) {
  const { t } = useTranslation()
  const { joined } = lines
  return (
    <section className={css.card} data-tone={isUp(beside) ? 'brand' : 'bad'} aria-label={t('lines.area')}>
      <Head
        title={`${t(`lines.beside.${beside.purpose}`)} · ${besideWords(beside, joined, t)}`}
        since={isUp(beside) ? (beside.answeredAt ?? beside.ringAt) : null}
      />
      <p className={css.number}>{shownNumber(beside.caller, t)}</p>
      {isUp(beside) && (
        <div className={css.acts}>
          <Act act="complete" lines={lines} tone="go">
            {t('lines.key.complete')}
          </Act>
          <Act act="swap" lines={lines}>
            {t('lines.key.swap')}
          </Act>
          <Act act="join" lines={lines}>
            {joined ? t('lines.key.split') : t('lines.key.join')}
          </Act>
          <Act act="drop" lines={lines}>
            {t('lines.key.drop')}
          </Act>
        </div>
      )}
    </section>
  )
}

function Head({ title, since }: { readonly title: string; readonly since: number | null }) {
  const now = useNow(since !== null)
  return (
    <h3>
      <span>{title}</span>
      {/* Counting is no news: it is not read out. */}
      {since !== null && <span aria-live="off">{countUp(since, now)}</span>}
    </h3>
  )
}

function Refused({ status }: { readonly status: number }) {
  const { t } = useTranslation()
  return <p className={css.refused}>{t('lines.notThrough', { why: failureWords(status, t) })}</p>
}
