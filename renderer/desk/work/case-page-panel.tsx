import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { isComposing } from '../../ui/composing.ts'
import panel from '../../ui/panel.module.css'
import { useNow } from '../../ui/use-now.ts'
import { useSession } from '../stores/session-store.ts'
import { useSync } from '../stores/sync-store.ts'
import { CaseCalls } from './case-calls.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseLifeLine } from './case-life.tsx'
import { DueTag, toneOfState } from './case-row.tsx'
import css from './case-page.module.css'
import { openSteps } from './open-steps.ts'
import { loadPage, usePage } from './page-store.ts'
import { StepPanel } from './step-panel.tsx'
import { PrintSign } from './print-sign.tsx'
import { PrintSheet } from './print-sheet.tsx'
import { clearPrint, printPage } from './print-store.ts'
import { beginStep, restoreStep, stepSaver } from './step-store.ts'
import { useSuggested } from './suggested.ts'
import { goBack, useWork } from './work-store.ts'
import work from './work.module.css'

/** The page of a case: how it stands, what it is about, the course of it, and the steps that are hers to take. */
export function CasePagePanel() {
  const { t } = useTranslation()
  const { caseId } = useWork()
  const { page, from, failure } = usePage()
  const box = useRef<HTMLDivElement>(null)
  const role = useSession(({ session }) => session?.operator.role)
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  const suggested = useSuggested(page)
  useEffect(() => {
    if (caseId === null) return
    void loadPage(caseId)
    void restoreStep(caseId)
    box.current?.focus()
    return () => {
      stepSaver.flush()
      clearPrint()
    }
  }, [caseId])
  useFollow(caseId)

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'p') {
      void printPage(event.shiftKey ? 'file' : 'paper')
      return true
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return false
    const inside = event.target !== box.current
    if (event.key === 'Escape') {
      if ((event.target as HTMLElement).getAttribute('aria-expanded') === 'true') return false
      if (inside) box.current?.focus()
      else goBack()
      return true
    }
    const step =
      page === null || inside ? undefined : openSteps(page.record, role, staffNo).steps[Number(event.key) - 1]
    if (step === undefined) return false
    beginStep(step, suggested)
    return true
  }
  return (
    <div
      ref={box}
      className={css.page}
      tabIndex={-1}
      role="region"
      aria-label={page === null ? t('work.tabs.search') : t('work.page.title', { caseNo: page.record.caseNo })}
      data-testid="case-page"
      onKeyDown={(event) => {
        if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
        else if (event.target === box.current) scroll(box.current, event)
      }}
    >
      {page === null ? (
        <Nothing failure={failure} />
      ) : (
        <>
          <Head />
          <PrintSheet page={page} />
          <div className={css.columns}>
            <div className={css.read} data-scroll>
              {failure !== null && (
                <p className={css.bad} role="status">
                  {t('work.page.failed', { words: t(`error.${failure.code}`) })}
                </p>
              )}
              <CaseFacts page={page} />
              <CaseCalls page={page} />
              <CaseLifeLine page={page} />
            </div>
            <StepPanel page={page} away={from === 'desk'} suggested={suggested} />
          </div>
        </>
      )}
    </div>
  )
}

/** The arrows move what is read, while the page has the focus. */
function scroll(box: HTMLElement, event: KeyboardEvent): void {
  const by = { ArrowDown: 60, ArrowUp: -60, PageDown: 400, PageUp: -400 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  box.querySelector('[data-scroll]')?.scrollBy({ top: by })
}

/** What this desk showed by itself is read anew when central is there, and what it could not read when the store is. */
function useFollow(caseId: string | null): void {
  useEffect(() => {
    if (caseId === null) return
    return useSync.subscribe(({ sync, services }, before) => {
      const back = sync?.central === 'reachable' && before.sync?.central !== 'reachable'
      const storeBack = services.store.state === 'up' && before.services.store.state === 'down'
      if (storeBack) stepSaver.resume()
      if (back || storeBack) void loadPage(caseId)
    })
  }, [caseId])
}

function Nothing({ failure }: { readonly failure: Failure | null }) {
  const { t } = useTranslation()
  const words =
    failure === null
      ? t('work.page.loading')
      : failure.code === 'notFound'
        ? t('work.page.gone')
        : failure.code === 'centralUnreachable'
          ? t('work.page.away')
          : t('work.page.failed', { words: t(`error.${failure.code}`) })
  return (
    <div className={panel.empty} role="status">
      <p>{words}</p>
    </div>
  )
}

function Head() {
  const { t } = useTranslation()
  const { page, from } = usePage()
  const now = useNow()
  if (page === null) return null
  const { record, deadlines } = page
  const standing = { toDispatch: 'sign', toSign: 'sign', inHand: 'answer' } as const
  const phase = record.state in standing ? standing[record.state as keyof typeof standing] : null
  const due = phase === null ? null : deadlines[phase]
  return (
    <h2 className={css.head}>
      <span>{t('work.page.title', { caseNo: record.caseNo })}</span>
      <span className={panel.tag} data-tone={toneOfState(record.state)} data-testid="page-state">
        {t(`earlier.state.${record.state}`)}
      </span>
      {due && <DueTag due={due} now={now} />}
      {record.life.event !== null && (
        <span className={panel.tag} data-tone="warn">
          {t('similar.eventTag')} {record.life.event.title}
        </span>
      )}
      {record.life.supervised > 0 && (
        <span className={panel.tag} data-tone="bad">
          {t('work.list.supervised', { n: record.life.supervised })}
        </span>
      )}
      {record.life.rehandled > 0 && (
        <span className={panel.tag} data-tone="warn">
          {t('work.list.rehandled')}
        </span>
      )}
      {from === 'desk' && (
        <span className={panel.tag} data-tone="warn" title={t('work.page.deskTitle')}>
          {t('work.page.desk')}
        </span>
      )}
      <span className={work.space} />
      <PrintSign />
    </h2>
  )
}
