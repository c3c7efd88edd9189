import { useTranslation } from 'react-i18next'
import type { BadRating, OutboxPage } from '../../../shared/admin/outbox-page.ts'
import lineCss from '../../page/lines.module.css'
import tag from '../../ui/panel.module.css'
import { dayAndTime } from '../../ui/format-time.ts'

/** Cases that citizens rated badly, until somebody speaks with them. */
export function RatingsPanel({ page: { ratings } }: { readonly page: OutboxPage }) {
  return (
    <ul className={lineCss.lines}>
      {ratings.map((rating) => (
        <Line key={`${rating.caseId} ${rating.callerId ?? ''}`} rating={rating} />
      ))}
    </ul>
  )
}

function Line({ rating: { caseNo, phone, rating, state, at } }: { readonly rating: BadRating }) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return (
    <li className={lineCss.line}>
      <span className={lineCss.top}>
        <b>{caseNo}</b>
        <span>{common(`earlier.state.${state}`)}</span>
      </span>
      <span className={lineCss.place}>
        {phone === null ? t('outbox.noPhone') : t('outbox.to', { phone })} ·{' '}
        {t('outbox.ratedAt', { time: dayAndTime(at) })}
      </span>
      <span className={lineCss.marks}>
        <span className={tag.tag} data-tone="bad">
          {t('outbox.rating', { rating })}
        </span>
      </span>
    </li>
  )
}
