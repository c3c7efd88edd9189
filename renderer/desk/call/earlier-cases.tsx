import { useTranslation } from 'react-i18next'
import { caseKinds, type CaseKind } from '../../../shared/case/case-kind.ts'
import { isCaseState, owedStates, type CaseState } from '../../../shared/case/case-step.ts'
import { isOpenState } from '../../../shared/case/owed.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay } from '../../ui/format-time.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { EARLIER_ID, moveEarlier } from '../work/earlier-choice.ts'
import { openPage } from '../work/work-store.ts'
import draft from './draft-list.module.css'
import type { Earlier } from './use-earlier-cases.ts'

/** What still waits for a reply stands out; what is over rests. */
function toneOf(state: CaseState) {
  if (state === 'accepted' || state === 'inHand' || state === 'answered') return 'brand'
  return owedStates.includes(state) ? 'warn' : 'ok'
}

function isKind(kind: string | null): kind is CaseKind {
  return caseKinds.some((each) => each === kind)
}

/** What this number asked before: what is still open first, then the newest. */
export function EarlierCases({ earlier }: { readonly earlier: Earlier }) {
  const { t } = useTranslation()
  // What she still waits for comes first.
  const cases =
    earlier.state === 'known'
      ? earlier.cases.toSorted(
          (a, b) => Number(isOpenState(b.state)) - Number(isOpenState(a.state)) || b.openedAt - a.openedAt,
        )
      : []
  return (
    <>
      <h2 className={panel.head}>
        <span>{t('earlier.title')}</span>
        <span>
          {earlier.state === 'known' && !earlier.complete && (
            <span className={panel.tag} data-tone="warn" title={t('earlier.localOnlyTitle')}>
              {t('earlier.localOnly')}
            </span>
          )}{' '}
          {earlier.state === 'known' && cases.length}
        </span>
      </h2>
      {cases.length > 0 ? (
        <ul
          id={EARLIER_ID}
          className={list.list}
          aria-label={t('earlier.title')}
          onKeyDown={(event) => {
            if (moveEarlier(event.key)) event.preventDefault()
          }}
        >
          {cases.map(({ caseId, content, openedAt, kind, state }) => (
            <li key={caseId}>
              <button type="button" className={draft.choice} onClick={() => openPage(caseId)}>
                <span className={list.title}>{plainLine(content, 60) || t('earlier.noContent')}</span>
                <span className={list.row}>
                  <span>
                    {monthDay(openedAt)} {isKind(kind) && t(`form.kinds.${kind}`)}
                  </span>
                  {isCaseState(state) && (
                    <span className={panel.tag} data-tone={toneOf(state)}>
                      {t(`earlier.state.${state}`)}
                    </span>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Nothing state={earlier.state} />
      )}
    </>
  )
}

function Nothing({ state }: { readonly state: Earlier['state'] }) {
  const { t } = useTranslation()
  if (state === 'none') return null
  return (
    <div className={panel.empty}>
      <p>{state === 'known' ? t('earlier.empty') : t(`earlier.${state}`)}</p>
      <p>{state === 'known' && t('earlier.emptyHint')}</p>
    </div>
  )
}
