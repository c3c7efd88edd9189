import { useTranslation } from 'react-i18next'
import { plainLine } from '../../../shared/plain-text.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { openListed } from '../case-acts.ts'
import { storedOfCall } from '../stores/call-cases.ts'
import { useDraft } from '../stores/draft-store.ts'
import { isClean, isTouched } from '../stores/open-draft.ts'
import { useSimilar } from '../stores/similar-store.ts'
import { openPage } from '../work/work-store.ts'
import css from './call-cases.module.css'

/** The cases of the call on the screen, where there are several: saved, still being written, and those it was joined to. */
export function CallCases({ callId }: { readonly callId: string }) {
  const { t } = useTranslation()
  const { listed, open } = useDraft()
  const joined = useSimilar((similar) => similar.joined).filter((one) => one.callId === callId)
  const others = storedOfCall(listed, callId).filter(({ caseId }) => caseId !== open?.caseId)
  if (others.length + joined.length === 0) return null
  const here = open?.callId === callId ? open : null
  return (
    <section className={css.cases} aria-label={t('call.cases')} data-testid="call-cases">
      <h2 className={panel.head}>
        <span>{t('call.cases')}</span>
        <span>{others.length + joined.length + (here === null ? 0 : 1)}</span>
      </h2>
      <ul className={list.list}>
        {here !== null && (
          <li className={css.one}>
            <b>{here.caseNo ?? (plainLine(here.form.content, 30) || t('call.caseHere'))}</b>
            {(here.caseNo !== null || isTouched(here)) && <Sign saved={isClean(here)} />}
          </li>
        )}
        {others.map(({ caseId, caseNo, form, clean }, index) => (
          <li key={caseId}>
            <button type="button" className={css.choice} onClick={() => openListed(index)}>
              <span>{caseNo ?? (plainLine(form.content, 30) || t('drafts.untitled'))}</span>
              <Sign saved={clean} />
              <kbd aria-hidden>Alt {index + 1}</kbd>
            </button>
          </li>
        ))}
        {joined.map(({ caseId, caseNo }) => (
          <li key={caseId}>
            <button type="button" className={css.choice} onClick={() => openPage(caseId)}>
              <span>{t('call.caseJoined', { caseNo })}</span>
              <Sign saved />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sign({ saved }: { readonly saved: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={panel.tag} data-tone={saved ? 'ok' : 'warn'}>
      {saved ? `✓ ${t('form.saved')}` : `● ${t('form.unsaved')}`}
    </span>
  )
}
