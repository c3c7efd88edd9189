import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { devicesListSchema, type AdminDevice } from '../../../shared/admin/devices-page.ts'
import lineCss from '../../page/lines.module.css'
import tag from '../../ui/panel.module.css'
import { SelectField } from '../field.tsx'
import { dayAndTime } from '../../ui/format-time.ts'
import { ListBeside } from '../list-beside.tsx'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo } from '../route.ts'
import { useAsked } from '../../page/use-asked.ts'
import { DeskPanel } from './desk-panel.tsx'
import { NewCodePanel } from './new-code.tsx'

/** Desks and exchanges: which there are, when each was last heard, and a code for one more. */
export function DesksView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const asked = useAsked(devicesListSchema, '/admin/devices')
  const [all, setAll] = useState(false)
  const devices = (asked.value?.devices ?? []).filter(({ revokedAt }) => all || revokedAt === null)
  const device = asked.value?.devices.find(({ deviceId }) => deviceId === item)
  return (
    <ListBeside
      view="desks"
      label={t('desks.list')}
      add={t('desks.newCode')}
      item={item}
      list={
        <>
          <div className={css.filters}>
            <SelectField
              bare
              label={t('desks.state')}
              value={all ? 'all' : 'used'}
              choices={(['used', 'all'] as const).map((value) => ({ value, words: t(`desks.${value}`) }))}
              onChange={(value) => setAll(value === 'all')}
            />
          </div>
          <ReadFailure failure={asked.failure} />
          {asked.value === null && asked.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
          {asked.value !== null && devices.length === 0 && <p className={lineCss.empty}>{t('desks.none')}</p>}
          <ul className={lineCss.lines}>
            {devices.map((each) => (
              <Line key={each.deviceId} device={each} chosen={each.deviceId === item} />
            ))}
          </ul>
        </>
      }
      fresh={<NewCodePanel codes={asked.value?.codes ?? []} onChanged={asked.refresh} />}
      chosen={
        device === undefined ? (
          <p className={lineCss.empty}>{t(asked.value === null ? 'loading' : 'refused.notFound')}</p>
        ) : (
          <DeskPanel key={device.deviceId} device={device} onChanged={asked.refresh} />
        )
      }
    />
  )
}

function Line({ device, chosen }: { readonly device: AdminDevice; readonly chosen: boolean }) {
  const { t } = useTranslation('admin')
  const { deviceId, kind, name, team, deskCode, seenAt, revokedAt } = device
  const where = [t(`desks.kind.${kind}`), team, deskCode].filter((part) => part !== null)
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('desks', deviceId)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{name === '' ? deviceId.slice(0, 8) : name}</b>
          <span>{where.join(' · ')}</span>
        </span>
        <span className={lineCss.place}>
          {seenAt === null ? t('desks.neverSeen') : t('desks.seen', { time: dayAndTime(seenAt) })}
        </span>
        <span className={lineCss.marks}>
          {revokedAt !== null && <span className={tag.tag}>{t('desks.revoked')}</span>}
        </span>
      </a>
    </li>
  )
}
