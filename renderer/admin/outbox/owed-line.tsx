import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownOwed } from '../../../shared/admin/outbox-page.ts'
import lineCss from '../../page/lines.module.css'
import tag from '../../ui/panel.module.css'
import { dayAndTime } from '../../ui/format-time.ts'
import { useOwedWords } from './owed-words.ts'

type Props = { readonly owed: ShownOwed; readonly children?: ReactNode }

/** One that is owed: what, of which case, for whom, why it has not gone, and what can be done. */
export function OwedLine({ owed, children }: Props) {
  const { t } = useTranslation('admin')
  const { kindOf, reasonOf } = useOwedWords()
  const { caseNo, channel, phone, receiver, reason, status, at, tries, doneAt, nextAt, superseded } = owed
  const forWhom =
    channel === 'webhook'
      ? t('outbox.receiver', { receiver: receiver ?? '' })
      : phone === null
        ? t('outbox.noPhone')
        : t('outbox.to', { phone })
  const times = [
    t('outbox.since', { time: dayAndTime(at) }),
    ...(tries > 0 ? [t('outbox.tries', { number: tries })] : []),
    ...(status === 'dead' && doneAt !== null ? [t('outbox.gaveUp', { time: dayAndTime(doneAt) })] : []),
    ...(nextAt === null ? [] : [t('outbox.next', { time: dayAndTime(nextAt) })]),
  ]
  return (
    <li className={lineCss.line}>
      <span className={lineCss.top}>
        <b>{caseNo}</b>
        <span>{kindOf(owed)}</span>
      </span>
      <span className={lineCss.place}>{forWhom}</span>
      <span className={lineCss.place}>{times.join(' · ')}</span>
      <span className={lineCss.marks}>
        {reason !== null && (
          <span className={tag.tag} data-tone={status === 'dead' ? 'bad' : 'warn'}>
            {reasonOf(reason)}
          </span>
        )}
        {superseded && <span className={tag.tag}>{t('outbox.superseded')}</span>}
        {children}
      </span>
    </li>
  )
}
