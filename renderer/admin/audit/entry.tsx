import { useTranslation } from 'react-i18next'
import type { ShownAuditEntry } from '../../../shared/admin/audit-page.ts'
import { isAuditAction } from '../../../shared/audit-action.ts'
import lineCss from '../../page/lines.module.css'
import { dayAndTime } from '../../ui/format-time.ts'

/** `{"role":"editor"}` as `role: editor`; what is no such object stands as it is. */
function wordsOf(detail: string): string {
  try {
    const parts: unknown = JSON.parse(detail)
    if (typeof parts !== 'object' || parts === null) return detail
    return Object.entries(parts)
      .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' · ')
  } catch {
    return detail
  }
}

/** One entry: when, who, what, of whom. */
export function Entry({ entry }: { readonly entry: ShownAuditEntry }) {
  const { t } = useTranslation('admin')
  const { seq, at, actor, place, action, object, detail } = entry
  const rest = [
    ...(object === null ? [] : [t('audit.object', { object })]),
    ...(place === null ? [] : [t('audit.place', { place })]),
  ]
  const said = wordsOf(detail)
  return (
    <li className={lineCss.line}>
      <span className={lineCss.top}>
        <b>{isAuditAction(action) ? t(`audit.action.${action}`) : action}</b>
        <span>
          {dayAndTime(at)} · {actor ?? t('audit.program')} · {seq}
        </span>
      </span>
      {rest.length > 0 && <span className={lineCss.place}>{rest.join(' · ')}</span>}
      {said !== '' && <span className={lineCss.place}>{said}</span>}
    </li>
  )
}
