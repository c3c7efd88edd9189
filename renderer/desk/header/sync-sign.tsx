import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { indexingOf } from '../../../shared/kb/indexing.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { overRightColumn } from '../../ui/under-sign.ts'
import { keyShown } from '../keys/key-map.ts'
import { LateList } from '../late/late-list.tsx'
import { closeSync, enterSync, openSync, usePanels } from '../stores/panel-store.ts'
import { useLate } from '../stores/late-store.ts'
import { useRefused } from '../stores/refused-store.ts'
import { useSync } from '../stores/sync-store.ts'
import { PasswordAgain } from './password-again.tsx'
import { signOf } from './sync-words.ts'
import { RefusedList } from './refused-list.tsx'
import { useDetailsFocus } from './use-details-focus.ts'
import css from './sync-sign.module.css'

/** The small honest sign of what central has; its details on a click, or by key with the focus going into them. */
export function SyncSign() {
  const { t } = useTranslation()
  const state = usePanels(({ sync }) => sync)
  const sign = signOf(useSync(), t)
  const sync = useSync((all) => all.sync)
  const refused = (sync?.refused ?? 0) > 0
  // What was dealt with stands till the list is closed, also when nothing is left of it.
  const listed = useRefused(({ entries }) => entries.length > 0)
  const late = useLate(({ entries }) => entries.length > 0) || (sync?.late ?? 0) > 0
  const details = useDetailsFocus()
  const press = (byKey: boolean) => (state !== 'closed' ? closeSync() : byKey ? enterSync() : openSync())
  return (
    <Popover
      {...overRightColumn}
      opened={state !== 'closed'}
      onChange={closeSync}
      width={refused || listed || late ? 392 : 290}
    >
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          data-testid="sync-sign"
          data-tone={sign.tone}
          aria-label={`${t('sync.label')} ${sign.words} ${keyShown('sync')}`}
          onMouseDown={(event) => event.preventDefault()}
          // A click that no mouse made came from Enter or Space: the keys go on inside.
          onClick={(event) => press(event.detail === 0)}
        >
          <StatusShape shape={sign.shape} />
          {`${sign.words} `}
          <kbd aria-hidden>{keyShown('sync')}</kbd>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.details} aria-label={t('sync.details')} {...details}>
        {(refused || listed) && <RefusedList />}
        {late && <LateList />}
        <PasswordAgain />
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
  const indexing = sync && indexingOf(sync)
  const service = (state: 'up' | 'down') => (state === 'up' ? t('sync.up') : t('sync.down'))
  const rows: [string, string][] = [
    [t('sync.central'), sync ? t(`sync.centralWords.${sync.central}`) : '–'],
    [t('sync.rowSignIn'), sync ? t(`sync.signInWords.${sync.signIn}`) : '–'],
    [t('sync.rowWaiting'), count(sync?.waiting)],
    [t('sync.rowSince'), since === null ? '–' : `${monthDay(since)} ${timeOfDay(since)}`],
    [t('sync.rowRefused'), count(sync?.refused)],
    [t('sync.rowLate'), sync && sync.late > 0 ? t('sync.places', { n: sync.late }) : t('sync.none')],
    [t('sync.rowArticles'), count(sync?.articles)],
    [t('sync.rowIndex'), indexing ? t('sync.indexDone', indexing) : sync ? t('sync.indexBuilt') : '–'],
    [t('sync.rowStore'), service(services.store.state)],
    [t('sync.rowPhone'), service(services.phone.state)],
  ]
  return (
    <div className={css.rows}>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t('sync.note')}</p>
    </div>
  )
}
