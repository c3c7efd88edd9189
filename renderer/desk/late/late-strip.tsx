import { useEffect, useRef, type FocusEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupName } from '../../../shared/case/case-record.ts'
import { groupFields } from '../../../shared/case/form-parts.ts'
import type { LateEdit } from '../../../shared/case/late-edit.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { focusField } from '../focus.ts'
import { useArticleNews } from '../stores/article-news-store.ts'
import { useDraft } from '../stores/draft-store.ts'
import { useFormNote } from '../stores/form-note.ts'
import { useLate, waitingOf } from '../stores/late-store.ts'
import { usePanels } from '../stores/panel-store.ts'
import { LateActs } from './late-acts.tsx'
import { LateSides } from './late-sides.tsx'
import { NoteLine } from './note-line.tsx'
import { LateFailure } from './late-failure.tsx'
import css from './late-strip.module.css'

/** A field whose height gives way to the strip, so that nothing else on the form moves for it. */
type Place = 'content' | 'reply'

const placeOf = (group: GroupName | undefined): Place => (group === 'reply' ? 'reply' : 'content')

/** Under a text of the form: the late edit of the open case that is next to be settled, or what was done last. */
export function LateStrip({ place }: { readonly place: Place }) {
  const caseId = useDraft(({ open }) => open?.caseId)
  const late = useLate()
  const note = useFormNote((state) => state.note)
  const waiting = caseId === undefined ? [] : waitingOf(late, caseId)
  const [entry] = waiting
  const noted = note !== null && note.caseId === caseId && entry === undefined ? note : null
  const here = placeOf(entry?.late.group ?? noted?.groups[0]) === place
  return (
    <div className={css.place}>
      {here && entry && <Strip key={entry.id} entry={entry} more={waiting.length - 1} />}
      {here && noted && <NoteLine note={noted} />}
    </div>
  )
}

function Strip({ entry, more }: { readonly entry: LateEdit; readonly more: number }) {
  const { t } = useTranslation()
  const group = t(`late.group.${entry.late.group}`)
  // While the list has the focus, or an article's change is shown, the keys are about that.
  const inList = usePanels(({ sync }) => sync === 'entered')
  const changeShown = useArticleNews(({ shown }) => shown !== null)
  const keysElsewhere = inList || changeShown
  const [field] = groupFields[entry.late.group]
  const focused = useRef(false)
  useEffect(() => {
    const held = focused
    return () => {
      // The key that was pressed is gone with its strip: the cursor goes on in the field that it was about.
      if (held.current && document.activeElement === document.body) focusField(field)
    }
  }, [field])
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) focused.current = false
  }
  const failed = useLate(({ dealt }) => dealt[entry.id]?.state === 'failed')
  return (
    <section
      className={css.strip}
      aria-label={t('late.head', { group })}
      data-testid="late-strip"
      data-keys={keysElsewhere ? 'elsewhere' : undefined}
      onFocus={() => (focused.current = true)}
      onBlur={leave}
    >
      <div className={css.head}>
        <StatusShape shape="half" />
        {failed ? <LateFailure id={entry.id} /> : <b role="status">{t('late.head', { group })}</b>}
        {more > 0 && <span className={css.more}>{t('late.more', { n: more })}</span>}
        <LateActs id={entry.id} />
      </div>
      <LateSides entry={entry} />
    </section>
  )
}
