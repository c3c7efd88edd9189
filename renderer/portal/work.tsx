import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { CasePage } from './case/case-page.tsx'
import { showCase } from './case/case-store.ts'
import { Head } from './head.tsx'
import { CaseList } from './list/case-list.tsx'
import { loadUnits, refreshList } from './list/list-store.ts'
import { sawCase } from './list/look-store.ts'
import { KbWork } from './kb/kb-work.tsx'
import { useOpenArticle, useOpenCase } from './route.ts'
import css from '../page/work.module.css'

/** List and case: beside each other where there is room, else one of them. */
export function Work() {
  const { t } = useTranslation('portal')
  const caseId = useOpenCase()
  const articleId = useOpenArticle()
  useEffect(() => {
    void loadUnits()
    void refreshList()
  }, [])
  useEffect(() => {
    showCase(caseId)
    if (caseId !== null) sawCase(caseId)
  }, [caseId])
  return (
    <div className={css.work} data-open={caseId !== null || typeof articleId === 'string' || undefined}>
      <a className={css.skip} href="#case" onClick={skipToCase}>
        {t('skip')}
      </a>
      <Head />
      <main className={css.columns}>
        <h1 className="visually-hidden">{t('title')}</h1>
        {articleId === undefined ? (
          <>
            <div className={css.list}>
              <CaseList chosen={caseId} />
            </div>
            <div className={css.chosen} id="case" tabIndex={-1}>
              <CasePage caseId={caseId} />
            </div>
          </>
        ) : (
          <KbWork item={articleId} />
        )}
      </main>
    </div>
  )
}

/** What stands after the # says which case is open: the link only moves the focus. */
function skipToCase(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('case')?.focus()
}
