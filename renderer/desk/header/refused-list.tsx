import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { zh } from '../../../shared/i18n/zh.ts'
import type { Refused } from '../../../shared/ipc.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { StatusShape } from '../../ui/status-shape.tsx'
import { takeBackRefused } from '../actions.ts'
import { closeSync } from '../stores/panel-store.ts'
import { clearRefused, dismiss, isDone, loadRefused, useRefused, type Dealt } from '../stores/refused-store.ts'
import { useSync } from '../stores/sync-store.ts'
import css from './refused-list.module.css'

function isKnown(code: string): code is Exclude<keyof typeof zh.refused.code, 'other'> {
  return code !== 'other' && Object.hasOwn(zh.refused.code, code)
}

/** What central did not take, with its words: each entry goes back to the drafts, or off the list. */
export function RefusedList() {
  const { t } = useTranslation()
  const { state, entries } = useRefused()
  useEffect(() => {
    void loadRefused()
    const stop = useSync.subscribe(({ sync, services }, before) => {
      const back = services.store.state === 'up' && before.services.store.state === 'down'
      if (back || sync?.refused !== before.sync?.refused) void loadRefused()
    })
    return () => {
      stop()
      clearRefused()
    }
  }, [])
  return (
    <section className={css.refused} aria-label={t('refused.title')} aria-busy={state === 'loading'}>
      <h2>
        {t('refused.title')}
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={closeSync}>
          {t('refused.close')} <kbd aria-hidden>Esc</kbd>
        </button>
      </h2>
      {entries.length > 0 ? (
        <ul className={list.list}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : (
        <div className={css.none} role="status">
          {state === 'loading' ? t('refused.loading') : state === 'failed' ? t('refused.failed') : t('refused.empty')}
          {state === 'failed' && (
            <Button size="compact-sm" onClick={() => void loadRefused()}>
              {t('refused.retry')}
            </Button>
          )}
        </div>
      )}
      {/* Not beside one of which it is not true. */}
      {entries.every(({ what }) => what !== 'unreadable') && <p className={css.note}>{t('refused.note')}</p>}
    </section>
  )
}

function Entry({ entry }: { readonly entry: Refused }) {
  const { t } = useTranslation()
  const { id, at, status, code, what, caseNo, form, note } = entry
  const dealt = useRefused((state) => state.dealt[id])
  const box = useRef<HTMLLIElement>(null)
  const done = isDone(dealt)
  useEffect(() => {
    // The key that was pressed is gone; the focus stays with its entry, and never slips to the next one's key.
    if (done && document.activeElement === document.body) box.current?.focus()
  }, [done])
  const reason = code === null ? null : isKnown(code) ? t(`refused.code.${code}`) : t('refused.code.other', { code })
  return (
    <li ref={box} tabIndex={-1} className={css.entry} data-done={done || undefined}>
      <div className={css.line}>
        <span className={panel.tag}>{t(`refused.what.${what}`)}</span>
        {caseNo !== null && <span>{caseNo}</span>}
        {note && note.articleId !== null && <span>{note.articleId}</span>}
        <time>
          {monthDay(at)} {timeOfDay(at)}
        </time>
      </div>
      {form && <div className={css.words}>{plainLine(form.content, 60) || t('drafts.untitled')}</div>}
      {note && <div className={css.words}>{note.words}</div>}
      <div className={css.why} data-status={status}>
        <StatusShape shape={status === 'refused' ? 'square' : 'half'} />
        {[t(`refused.status.${status}`), reason].filter((words) => words !== null).join(' · ')}
      </div>
      <div className={css.acts}>
        {!done && form && (
          <Button size="compact-sm" onClick={() => void takeBackRefused(entry)}>
            {t('refused.takeBack')}
          </Button>
        )}
        {!done && (
          <Button size="compact-sm" onClick={() => void dismiss(id)}>
            {t('refused.dismiss')}
          </Button>
        )}
        <Said dealt={dealt} />
      </div>
    </li>
  )
}

/** What became of the last act on an entry. */
function Said({ dealt }: { readonly dealt: Dealt | undefined }) {
  const { t } = useTranslation()
  const words =
    dealt === undefined || dealt.state === 'working'
      ? ''
      : dealt.state === 'failed'
        ? t(`error.${dealt.failure.code}`)
        : t(`refused.${dealt.state}`)
  return (
    <span role="status" className={css.said} data-tone={dealt?.state === 'failed' ? 'bad' : undefined}>
      {words}
    </span>
  )
}
