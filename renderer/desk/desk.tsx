import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { emit } from '../ui/bridge.ts'
import { ColumnBoundary } from '../ui/column-boundary.tsx'
import panel from '../ui/panel.module.css'
import { CallColumn } from './call/call-column.tsx'
import { CaseColumn } from './case-form/case-column.tsx'
import { startFlow } from './desk-flow.ts'
import { Header } from './header/header.tsx'
import { KeySheet } from './keys/key-sheet.tsx'
import { useDeskKeys } from './keys/use-desk-keys.ts'
import { KnowledgePanel } from './knowledge/knowledge-panel.tsx'
import { WorkView } from './work/work-view.tsx'
import { PromptPanel } from './script/prompt-panel.tsx'
import css from './desk.module.css'

/** The operator's desk: header and three columns, each of which may break alone. */
export function Desk() {
  const { t } = useTranslation()
  useDeskKeys()
  useEffect(() => {
    let isGone = false
    // She may have signed out meanwhile: then nobody sees a call ring.
    const inNextFrame = (act: () => void) => requestAnimationFrame(() => void (isGone || act()))
    void startFlow().then(() =>
      inNextFrame(() => {
        document.documentElement.dataset.ready = 'true'
        // In the frame behind it is painted, and what the phone's process costs is none of the first picture's.
        inNextFrame(() => emit('desk.opened', null))
      }),
    )
    return () => {
      isGone = true
      delete document.documentElement.dataset.ready
    }
  }, [])
  return (
    <div className={css.desk}>
      <ColumnBoundary column={t('app.name')}>
        <Header />
      </ColumnBoundary>
      <main className={css.columns}>
        <ColumnBoundary column={t('call.column')}>
          <CallColumn />
        </ColumnBoundary>
        <ColumnBoundary column={t('form.column')}>
          <CaseColumn />
        </ColumnBoundary>
        <div className={panel.panel}>
          <ColumnBoundary column={t('script.column')}>
            <PromptPanel />
          </ColumnBoundary>
          <ColumnBoundary column={t('knowledge.column')}>
            <KnowledgePanel />
          </ColumnBoundary>
        </div>
        <ColumnBoundary column={t('work.sign')}>
          <WorkView />
        </ColumnBoundary>
      </main>
      <KeySheet />
    </div>
  )
}
