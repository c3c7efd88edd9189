import { Button } from '@mantine/core'
import { useEffect, useRef, type FocusEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LateEdit } from '../../../shared/case/late-edit.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { dropSettled, isSettled, loadLate, pointAt, useLate } from '../stores/late-store.ts'
import { LateActs } from './late-acts.tsx'
import { LateFailure } from './late-failure.tsx'
import { LateSides } from './late-sides.tsx'
import css from './late-list.module.css'

/** All late edits that concern her, whatever case is open; each is settled by its keys where the focus is. */
export function LateList() {
  const { t } = useTranslation()
  const { state, entries } = useLate()
  useEffect(() => {
    void loadLate()
    return dropSettled
  }, [])
  return (
    <section className={css.late} aria-label={t('late.title')} aria-busy={state === 'loading'}>
      <h2>{t('late.title')}</h2>
      {entries.length > 0 ? (
        <ul className={list.list}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : (
        <div className={css.none} role="status">
          {state === 'loading' ? t('late.loading') : state === 'failed' ? t('late.failed') : t('late.none')}
          {state === 'failed' && (
            <Button size="compact-sm" onClick={() => void loadLate()}>
              {t('late.retry')}
            </Button>
          )}
        </div>
      )}
      <p className={css.note}>{t('late.note')}</p>
    </section>
  )
}

function Entry({ entry }: { readonly entry: LateEdit }) {
  const { t } = useTranslation()
  const dealt = useLate((state) => state.dealt[entry.id])
  const box = useRef<HTMLLIElement>(null)
  const done = isSettled(dealt)
  const group = t(`late.group.${entry.late.group}`)
  useEffect(() => {
    // The key that was pressed is gone; the focus stays with its entry, and never slips to the next one's key.
    if (done && document.activeElement === document.body) box.current?.focus()
  }, [done])
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) pointAt(null)
  }
  return (
    <li
      ref={box}
      tabIndex={-1}
      className={css.entry}
      data-done={done || undefined}
      onFocus={() => pointAt(entry.id)}
      onBlur={leave}
    >
      <div className={css.line}>
        <span className={panel.tag} data-tone="warn">
          {group}
        </span>
        <span>{entry.caseNo}</span>
      </div>
      <LateFailure id={entry.id} />
      <LateSides entry={entry} />
      <div className={css.acts}>
        {!done && <LateActs id={entry.id} />}
        <span role="status">
          {dealt?.state === 'settled' ? t(dealt.take ? 'late.taken' : 'late.kept', { group }) : ''}
        </span>
      </div>
    </li>
  )
}
