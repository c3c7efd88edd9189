import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { countCallers } from '../../../shared/case/owed.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import panel from '../../ui/panel.module.css'
import { fetchDrafts } from '../act/draft-store.ts'
import { KeptWords } from '../act/kept-words.tsx'
import { Acts } from '../act/acts.tsx'
import { useFailureWords } from '../failure-words.ts'
import { DueSign } from '../list/due-sign.tsx'
import css from './case-page.module.css'
import { useCase, type OpenCase } from './case-store.ts'
import { Facts } from './facts.tsx'
import { Life } from './life.tsx'
import { Notices } from './notices.tsx'

/** One case: what it is about, by when, what was done, and what the unit may do now. */
export function CasePage({ caseId }: { readonly caseId: string | null }) {
  const { t } = useTranslation('portal')
  const found = useCase((one) => one.found)
  if (caseId === null) return <p className={css.empty}>{t('case.none')}</p>
  return (
    <article className={css.page} aria-label={t('case.region')}>
      <a className={css.back} href="#/">
        ← {t('case.back')}
      </a>
      {found === null ? <NotShown caseId={caseId} /> : <Whole found={found} />}
    </article>
  )
}

function Whole({ found }: { readonly found: OpenCase }) {
  const failure = useCase((one) => one.failure)
  const failureWords = useFailureWords()
  const { record } = found
  return (
    <>
      {failure !== null && (
        <p className={css.failure} role="alert">
          {failureWords(failure)}
        </p>
      )}
      <CaseHead found={found} />
      <Notices found={found} />
      <Facts found={found} />
      <Acts key={record.caseId} record={record} />
      <Life found={found} />
    </>
  )
}

function CaseHead({ found: { record, deadlines } }: { readonly found: OpenCase }) {
  const { t } = useTranslation('portal')
  const { caseNo, state, life } = record
  const callers = countCallers(record)
  const due = state === 'toSign' ? deadlines.sign : state === 'inHand' ? deadlines.answer : null
  return (
    <header className={css.head}>
      <h2>{caseNo}</h2>
      <span className={panel.tag} data-testid="state" data-state={state}>
        {t(`state.${state}`)}
      </span>
      {life.supervised > 0 && (
        <span className={panel.tag} data-tone="bad">
          <StatusShape shape="bell" />{' '}
          {life.supervised > 1 ? t('line.supervisedTimes', { times: life.supervised }) : t('line.supervised')}
        </span>
      )}
      {life.event !== null && (
        <span className={panel.tag} data-tone="warn">
          {t('line.event', { title: life.event.title })}
        </span>
      )}
      {callers > 1 && (
        <span className={panel.tag} data-testid="callers">
          {t('line.callers', { number: callers })}
        </span>
      )}
      {due !== null && <DueSign deadline={due} />}
    </header>
  )
}

/** Being read, not to be had, or the unit's no more: what was begun to be written stands there all the same. */
function NotShown({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('portal')
  const { loading, failure } = useCase()
  const failureWords = useFailureWords()
  useEffect(() => void fetchDrafts(caseId), [caseId])
  if (loading) return <p className={css.empty}>{t('loading')}</p>
  if (failure === null) return null
  return (
    <>
      <p className={css.failure} role="alert">
        {failure.code === 'notFound' ? t('case.gone') : failureWords(failure)}
      </p>
      <KeptWords caseId={caseId} shown={[]} />
    </>
  )
}
