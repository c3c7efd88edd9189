import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-shape.tsx'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import css from './case-page.module.css'
import type { OpenCase } from './case-store.ts'

/** What the centre says to a unit that has the case in hand, and wants to be seen before anything is written. */
const told = ['supervise', 'sendBack', 'rehandle', 'denyExtension', 'suspend'] as const

/** The centre's words since the unit answered last: 督办, why an answer will not do, why there is no more time. */
export function Notices({ found: { record, steps } }: { readonly found: OpenCase }) {
  const { t } = useTranslation('portal')
  if (record.state !== 'toSign' && record.state !== 'inHand') return null
  const since = steps.slice(steps.findLastIndex(({ step }) => step.type === 'answer') + 1)
  const notices = since.flatMap(({ step, at }) => {
    const type = told.find((one) => one === step.type)
    return type === undefined || !('reason' in step) ? [] : [{ type, at, reason: step.reason }]
  })
  return notices.map(({ type, at, reason }) => (
    <p key={`${type}-${at}`} className={css.notice} data-testid="notice">
      <StatusShape shape="bell" /> <b>{t(`step.${type}`)}</b> {monthDay(at)} {timeOfDay(at)}：{reason}
    </p>
  ))
}
