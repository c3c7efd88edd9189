import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-shape.tsx'
import { useDirectory, type Listed } from '../stores/directory-store.ts'
import { lineOf, usePresences } from '../stores/presence-store.ts'
import css from './directory-hits.module.css'

export const DIRECTORY_ID = 'directory-hits'
export const hitId = (index: number) => `directory-hit-${index}`

/** Whom the directory has for what was typed: name, what the number is for, the number, when somebody is there. */
export function DirectoryHits({ onDial }: { readonly onDial: (row: Listed) => void }) {
  const { t } = useTranslation()
  const { query, listed, chosen } = useDirectory()
  if (listed.length === 0) return query.trim() === '' ? null : <small className={css.none}>{t('directory.none')}</small>
  return (
    <div id={DIRECTORY_ID} role="listbox" aria-label={t('directory.list')} className={css.list}>
      {listed.map((row, index) => (
        <Hit key={`${row.entry.id} ${row.number}`} row={row} index={index} chosen={index === chosen} onDial={onDial} />
      ))}
    </div>
  )
}

const shapes = { free: 'disc', ringing: 'bell', inCall: 'square', unknown: 'hollow' } as const

type HitProps = {
  readonly row: Listed
  readonly index: number
  readonly chosen: boolean
  readonly onDial: (row: Listed) => void
}

function Hit({ row, index, chosen, onDial }: HitProps) {
  const { t } = useTranslation()
  const { entry, starred, number, words } = row
  const line = usePresences(({ presences }) => lineOf(presences, number))
  const presence = entry.kind === 'colleague' ? line : null
  const more =
    entry.kind === 'unit'
      ? entry.hours
      : [entry.team, entry.role && t(`directory.role.${entry.role}`)].filter(Boolean).join(' · ')
  return (
    <div
      id={hitId(index)}
      role="option"
      aria-selected={chosen}
      className={css.hit}
      ref={(box) => {
        if (chosen) box?.scrollIntoView({ block: 'nearest' })
      }}
      title={[entry.name, words, number, more].filter((part) => part !== '').join(' · ')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => useDirectory.setState({ chosen: index })}
      onDoubleClick={() => onDial(row)}
    >
      <span className={css.name}>
        {starred && <b aria-label={t('directory.starred')}>★ </b>}
        {entry.name}
      </span>
      {presence === null ? (
        <span className={css.words}>{words}</span>
      ) : (
        <span className={css.presence} data-presence={presence}>
          <StatusShape shape={shapes[presence]} /> {t(`directory.presence.${presence}`)}
        </span>
      )}
      <span className={css.number}>{number}</span>
      {chosen && more !== '' && <span className={css.more}>{more}</span>}
    </div>
  )
}
