import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { CasePage } from '../../../shared/case/case-page.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useSession } from '../stores/session-store.ts'
import { CaseFacts } from './case-facts.tsx'
import { CaseLifeLine } from './case-life.tsx'
import { usePrint } from './print-store.ts'
import css from './print-sheet.module.css'

/** The case as a work order: on paper alone, and nothing else of the desk is there. */
export function PrintSheet({ page }: { readonly page: CasePage }) {
  const { t } = useTranslation()
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  const { at } = usePrint()
  const { record } = page
  return createPortal(
    <article className={css.sheet} data-print aria-hidden>
      <header>
        <h1>{t('work.print.title')}</h1>
        <b>{record.caseNo}</b>
        <span>{t(`earlier.state.${record.state}`)}</span>
      </header>
      <CaseFacts page={page} />
      <CaseLifeLine page={page} />
      <footer>
        {at !== null && t('work.print.by', { who: staffNo, at: `${monthDay(at)} ${timeOfDay(at)}` })} ·{' '}
        {t('work.print.secret')}
      </footer>
    </article>,
    document.body,
  )
}
