import { useTranslation } from 'react-i18next'
import type { PageCall } from '../../../shared/case/case-calls.ts'
import type { CasePage } from '../../../shared/case/case-page.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import css from './case-page.module.css'
import { openPage } from './work-store.ts'

/** The calls about the case, where there were several, and the cases that were joined into it. */
export function CaseCalls({ page: { calls, children, record } }: { readonly page: CasePage }) {
  const { t } = useTranslation()
  const owed = calls.filter((call) => call.owed).length
  if (calls.length < 2 && children.length === 0) return null
  return (
    <section aria-label={t('work.calls.title')} data-testid="case-calls">
      <h3 className={css.title}>
        {t('work.calls.title')}{' '}
        <small>{t('work.calls.count', { n: calls.filter(({ again }) => !again).length, owed })}</small>
      </h3>
      <ol className={css.calls}>
        {calls.map((call) => (
          <li key={call.callerId ?? 'opener'}>
            <Who call={call} />
            <span className={panel.tag} data-tone={toneOf(call)}>
              {t(`work.calls.${signOf(call, record.state === 'joined')}`)}
            </span>
            <span className={css.when}>
              {monthDay(call.at)} {timeOfDay(call.at)} · {t('work.page.openedBy', { who: call.takenBy })}
            </span>
            {call.text !== '' && <p className={css.text}>{[call.address, call.text].filter(Boolean).join(' · ')}</p>}
          </li>
        ))}
      </ol>
      {children.length > 0 && (
        <p className={css.children}>
          {t('work.calls.children')}{' '}
          {children.map(({ caseId, caseNo, summary }) => (
            <button
              key={caseId}
              type="button"
              className={css.chip}
              title={plainLine(summary, 80)}
              onClick={() => openPage(caseId)}
            >
              {caseNo}
            </button>
          ))}
        </p>
      )}
    </section>
  )
}

function signOf(call: PageCall, handedOn: boolean): 'owed' | 'visited' | 'notWanted' | 'handedOn' | 'waits' {
  if (call.owed) return 'owed'
  if (handedOn) return 'handedOn'
  if (call.visited) return 'visited'
  return call.wantsReply ? 'waits' : 'notWanted'
}

const toneOf = (call: PageCall) => (call.owed ? 'warn' : call.visited ? 'ok' : undefined)

function Who({ call: { caller, hidden } }: { readonly call: PageCall }) {
  const { t } = useTranslation()
  if (hidden) return <b>{t('work.page.secretShort')}</b>
  const name = plainLine(caller?.name ?? '', 40) || t('work.page.noCaller')
  return (
    <b>
      {name} {caller?.phone ? maskNumber(caller.phone) : ''}
    </b>
  )
}
