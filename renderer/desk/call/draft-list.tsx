import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { openListed } from '../case-acts.ts'
import { discardListed, useDraft } from '../stores/draft-store.ts'
import css from './draft-list.module.css'

/** Cases half written: nothing that was typed goes away by itself. */
export function DraftList() {
  const { t } = useTranslation()
  const { listed, open } = useDraft()
  const others = listed.filter(({ caseId }) => caseId !== open?.caseId)
  return (
    <>
      <h2 className={panel.head}>
        <span>{t('drafts.title')}</span>
        <span>{others.length > 0 && others.length}</span>
      </h2>
      {others.length === 0 ? (
        <div className={panel.empty}>
          <p>{t('drafts.empty')}</p>
          <p>{t('drafts.emptyHint')}</p>
        </div>
      ) : (
        <ul className={list.list} aria-label={t('drafts.title')}>
          {others.map(({ caseId, form, updatedAt, caseNo, clean }, index) => (
            <li key={caseId}>
              <button type="button" className={css.choice} onClick={() => openListed(index)}>
                <span className={list.title}>
                  {plainLine(form.content, 60) || plainLine(form.reply, 60) || t('drafts.untitled')}
                </span>
                <span className={list.row}>
                  <span>
                    {monthDay(updatedAt)} {timeOfDay(updatedAt)} {maskNumber(form.callerPhone)}
                  </span>
                  {caseNo !== null && (
                    <span className={panel.tag} data-tone={clean ? 'ok' : 'warn'}>
                      {clean ? `✓ ${t('form.saved')}` : t('drafts.changed')}
                    </span>
                  )}
                  {index < 9 && <kbd aria-hidden>Alt {index + 1}</kbd>}
                </span>
              </button>
              <Discard caseId={caseId} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Lets a draft go by the operator's own word, given twice. */
function Discard({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  return (
    <button
      type="button"
      className={css.discard}
      data-sure={sure || undefined}
      onBlur={() => setSure(false)}
      onClick={() => (sure ? void discardListed(caseId) : setSure(true))}
    >
      {sure ? t('drafts.discardSure') : t('drafts.discard')}
    </button>
  )
}
