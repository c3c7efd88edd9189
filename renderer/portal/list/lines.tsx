import { useTranslation } from 'react-i18next'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import { standsInFor, type Returned } from '../../../shared/unit/unit-page.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { caseHref } from '../route.ts'
import { useSession } from '../session/session-store.ts'
import { useToday } from '../use-minute.ts'
import lineCss from '../../page/lines.module.css'
import css from './case-list.module.css'
import { DueSign } from './due-sign.tsx'
import { useList } from './list-store.ts'
import { freshOf, useLook } from './look-store.ts'

/** A case as a line: by when, what, where, and what is special about it. */
export function Line({ line, chosen }: { readonly line: CaseLine; readonly chosen: boolean }) {
  const { t } = useTranslation('portal')
  const { t: common } = useTranslation()
  const place = [line.district ?? '', line.address].filter((part) => part !== '').join(' ')
  return (
    <li>
      <a className={lineCss.line} href={caseHref(line.caseId)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{line.caseNo}</b>
          <span>
            {line.kind === null ? '' : `${common(`form.kinds.${line.kind}`)} · `}
            {t(`state.${line.state}`)}
          </span>
        </span>
        {line.deadline !== null && <DueSign deadline={line.deadline} />}
        <span className={css.summary}>{line.summary}</span>
        {place !== '' && <span className={lineCss.place}>{place}</span>}
        <Marks line={line} />
      </a>
    </li>
  )
}

function Marks({ line }: { readonly line: CaseLine }) {
  const { t } = useTranslation('portal')
  const me = useSession((session) => session.me)
  const { signers, deputies } = useList((list) => list.work)
  const today = useToday()
  const isFresh = useLook((look) => freshOf(look).some(({ caseId }) => caseId === line.caseId))
  const signer = signers.find(({ caseId }) => caseId === line.caseId)
  const standsIn =
    me !== null && signer !== undefined && standsInFor(deputies, me.staffNo, today).includes(signer.staffNo)
  return (
    <span className={lineCss.marks}>
      {isFresh && (
        <span className={panel.tag} data-tone="ok">
          {t('line.fresh')}
        </span>
      )}
      {line.supervised > 0 && (
        <span className={panel.tag} data-tone="bad">
          {line.supervised > 1 ? t('line.supervisedTimes', { times: line.supervised }) : t('line.supervised')}
        </span>
      )}
      {line.rehandled > 0 && (
        <span className={panel.tag} data-tone="warn">
          {t('line.rehandled')}
        </span>
      )}
      {line.event !== null && (
        <span className={panel.tag} data-tone="warn">
          {t('line.event', { title: line.event.title })}
        </span>
      )}
      {line.callers > 1 && <span className={panel.tag}>{t('line.callers', { number: line.callers })}</span>}
      {line.unit !== me?.unit && <span className={panel.tag}>{t('line.joint')}</span>}
      {line.asked !== null && <span className={panel.tag}>{t('line.asked', { days: line.asked })}</span>}
      {standsIn && (
        <span className={panel.tag} data-tone="warn">
          {t('line.standIn', { name: signer.name })}
        </span>
      )}
      {signer !== undefined && !standsIn && (
        <span className={css.signer}>{t('line.signer', { name: signer.name })}</span>
      )}
    </span>
  )
}

/** A case that was given back: no link, for the unit sees no more of it. */
export function ReturnedLine({ returned }: { readonly returned: Returned }) {
  const { t: common } = useTranslation()
  const { caseNo, kind, at, by, reason } = returned
  return (
    <li>
      <div className={lineCss.line}>
        <span className={lineCss.top}>
          <b>{caseNo}</b>
          <span>{kind === null ? '' : common(`form.kinds.${kind}`)}</span>
        </span>
        <span className={lineCss.place}>
          {monthDay(at)} {timeOfDay(at)} · {by}
        </span>
        <span className={css.summary}>{reason}</span>
      </div>
    </li>
  )
}
