import { useTranslation } from 'react-i18next'
import { plainLine } from '../../../shared/plain-text.ts'
import panel from '../../ui/panel.module.css'
import { currentCall, deskState, useCall } from '../stores/call-store.ts'
import { CallCases } from './call-cases.tsx'
import { CallKeys } from './call-keys.tsx'
import { CallerCard } from './caller-card.tsx'
import { DraftList } from './draft-list.tsx'
import { EarlierCases } from './earlier-cases.tsx'
import { DialPanel } from './dial-panel.tsx'
import { Keypad } from './keypad.tsx'
import { LineCards } from './line-cards.tsx'
import { IdleCard } from './idle-card.tsx'
import { NoMatterChoice } from './no-matter-choice.tsx'
import { Notices } from './notices.tsx'
import { useEarlierCases } from './use-earlier-cases.ts'
import css from './call-column.module.css'

/** The left column: who is calling, the keys of the call, and what this number asked before. */
export function CallColumn() {
  const { t } = useTranslation()
  const snapshot = useCall((state) => state.snapshot)
  const state = deskState(snapshot)
  const call = currentCall(snapshot)
  const earlier = useEarlierCases(call)
  return (
    <section className={panel.panel} aria-label={t('call.column')}>
      <h2 className={panel.head}>
        <span>{t('call.column')}</span>
        {call && call.caller.queue !== '' && (
          <span className={panel.plain}>{t('call.queue', { queue: plainLine(call.caller.queue, 16) })}</span>
        )}
      </h2>
      {call ? <CallerCard call={call} earlier={earlier} /> : <IdleCard snapshot={snapshot} />}
      <CallKeys />
      <div className={css.below}>
        <NoMatterChoice />
        <DialPanel />
        <Keypad />
        {call && <CallCases callId={call.caller.callId} />}
        {call ? <EarlierCases earlier={earlier} /> : <DraftList />}
      </div>
      <LineCards />
      <Notices state={state} />
    </section>
  )
}
