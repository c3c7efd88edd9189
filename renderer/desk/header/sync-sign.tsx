import { Popover } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useSync } from '../stores/sync-store.ts'
import { StatusShape, type Shape } from './status-shape.tsx'
import css from './sync-sign.module.css'

type State = ReturnType<typeof useSync.getState>
type Sign = { readonly shape: Shape; readonly tone: 'ok' | 'warn' | 'bad'; readonly words: string }

/** The one thing worth saying of all that goes on behind the desk; the gravest first. */
function signOf({ sync, services }: State, t: TFunction): Sign {
  if (services.store.state === 'down') return { shape: 'half', tone: 'bad', words: t('sync.storeDown') }
  if (services.phone.state === 'down') return { shape: 'half', tone: 'bad', words: t('sync.phoneDown') }
  if (sync === null) return { shape: 'hollow', tone: 'warn', words: t('sync.unknown') }
  if (sync.central === 'incompatible') return { shape: 'square', tone: 'bad', words: t('sync.incompatible') }
  if (sync.refused > 0) return { shape: 'square', tone: 'bad', words: t('sync.refused', { n: sync.refused }) }
  if (sync.central === 'signedOut') return { shape: 'hollow', tone: 'warn', words: t('sync.signedOut') }
  if (sync.central === 'unreachable') {
    const since = timeOfDay(sync.unreachableSince ?? Date.now())
    return { shape: 'hollow', tone: 'warn', words: t('sync.unreachable', { since }) }
  }
  if (sync.waiting > 0) {
    const since = timeOfDay(sync.waitingSince ?? Date.now())
    return { shape: 'half', tone: 'warn', words: t('sync.waiting', { n: sync.waiting, since }) }
  }
  return { shape: 'disc', tone: 'ok', words: t('sync.synced') }
}

/** The small honest sign of what central has; its details on a click. */
export function SyncSign() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const sign = signOf(useSync(), t)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={290} trapFocus={false}>
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          data-testid="sync-sign"
          data-tone={sign.tone}
          aria-label={`${t('sync.label')}：${sign.words}`}
          onClick={() => setOpen(!open)}
        >
          <StatusShape shape={sign.shape} />
          {sign.words}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.details} aria-label={t('sync.details')}>
        <Details />
      </Popover.Dropdown>
    </Popover>
  )
}

function Details() {
  const { t } = useTranslation()
  const { sync, services } = useSync()
  const count = (n: number | undefined) => (n === undefined ? '–' : n === 0 ? t('sync.none') : t('sync.items', { n }))
  const since = sync?.waitingSince ?? null
  const service = (state: 'up' | 'down') => (state === 'up' ? t('sync.up') : t('sync.down'))
  const rows: [string, string][] = [
    [t('sync.central'), sync ? t(`sync.centralWords.${sync.central}`) : '–'],
    [t('sync.rowWaiting'), count(sync?.waiting)],
    [t('sync.rowSince'), since === null ? '–' : `${monthDay(since)} ${timeOfDay(since)}`],
    [t('sync.rowRefused'), count(sync?.refused)],
    [t('sync.rowArticles'), count(sync?.articles)],
    [t('sync.rowStore'), service(services.store.state)],
    [t('sync.rowPhone'), service(services.phone.state)],
  ]
  return (
    <>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t('sync.note')}</p>
    </>
  )
}
