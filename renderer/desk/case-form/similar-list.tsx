import type { TFunction } from 'i18next'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SHOWN_SIMILAR, type SimilarCase } from '../../../shared/case/similar.ts'
import type { Failure } from '../../../shared/errors.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { isComposing } from '../../ui/composing.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { joinSimilar } from '../case-acts.ts'
import { keyShown } from '../keys/key-map.ts'
import { useDraft } from '../stores/draft-store.ts'
import { isClean } from '../stores/open-draft.ts'
import { chooseSimilar, closeSimilar, useSimilar } from '../stores/similar-store.ts'
import { toneOfState } from '../work/case-row.tsx'
import { loadUnits, useUnitName } from '../work/units-store.ts'
import { openPage } from '../work/work-store.ts'
import css from './similar.module.css'

/** The open cases like this one, over the form, by her own key; Esc leads back to where she was. */
export function SimilarList() {
  const open = useSimilar((similar) => similar.open)
  return open ? <List /> : null
}

function List() {
  const { t } = useTranslation()
  const { cases, chosen, from, failure, busy } = useSimilar()
  const saved = useDraft((draft) => isClean(draft.open))
  const isCase = useDraft(({ open }) => (open?.caseNo ?? null) !== null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    void loadUnits()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const shown = cases.slice(0, SHOWN_SIMILAR)
  const press = (event: KeyboardEvent) => {
    const one = shown[chosen]
    if (event.ctrlKey || event.altKey || event.metaKey || one === undefined) return false
    if (event.key === 'ArrowDown') chooseSimilar(Math.min(shown.length - 1, chosen + 1))
    else if (event.key === 'ArrowUp') chooseSimilar(chosen - 1)
    else if (event.key === 'ArrowRight') openPage(one.caseId)
    else if (event.key === 'Escape') closeSimilar()
    else if (event.key === 'Enter') void joinSimilar(one, event.shiftKey ? 'case' : 'call')
    else return false
    return true
  }
  const hint = isCase
    ? t(saved ? 'similar.hintCase' : 'similar.hintUnsaved', { key: keyShown('joinCase'), save: keyShown('save') })
    : t('similar.hintCall', { key: keyShown('joinCall') })
  return (
    <div
      ref={box}
      className={css.list}
      role="listbox"
      tabIndex={-1}
      aria-label={t('similar.title')}
      aria-activedescendant={`similar-${chosen}`}
      data-testid="similar-list"
      onKeyDown={(event) => {
        if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
      }}
    >
      {shown.map((one, index) => (
        <Row key={one.caseId} one={one} index={index} chosen={index === chosen} />
      ))}
      <div className={css.foot} role="status" data-tone={failure === null ? undefined : 'bad'}>
        {failure !== null ? failureWords(t, failure) : busy ? t('similar.joining') : hint}
        <span>
          {from === 'desk' && `${t('similar.deskOnly')} · `}
          {t('similar.hint')}
        </span>
      </div>
    </div>
  )
}

function failureWords(t: TFunction, failure: Failure): string {
  if (failure.code === 'invalidInput' && failure.detail === 'callerPhone') return t('similar.needsNumber')
  if (failure.code === 'centralUnreachable') return t('similar.away')
  if (failure.code === 'notFound') return t('similar.notThere')
  return t('similar.failed')
}

function Row({ one, index, chosen }: { readonly one: SimilarCase; readonly index: number; readonly chosen: boolean }) {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const place = [one.district ?? '', one.address].filter((part) => part !== '').join(' ')
  return (
    <div
      id={`similar-${index}`}
      role="option"
      aria-selected={chosen}
      className={css.row}
      onMouseDown={(event) => {
        event.preventDefault()
        chooseSimilar(index)
      }}
    >
      <span className={css.subject}>
        {one.event !== null && <b className={css.tag}>{t('similar.eventTag')}</b>}{' '}
        {one.event !== null ? plainLine(one.event.title, 60) : plainLine(one.summary, 80)}
      </span>
      <span className={panel.tag} data-tone={toneOfState(one.state)}>
        {t(`earlier.state.${one.state}`)}
      </span>
      {one.event !== null && <span className={css.say}>{plainLine(one.event.say, 160)}</span>}
      <small className={css.facts}>
        {[
          place,
          `${monthDay(one.openedAt)} ${timeOfDay(one.openedAt)}`,
          one.unit === null ? t('similar.noUnit') : unitName(one.unit),
          t('similar.callers', { n: one.callers }),
          one.caseNo,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </small>
    </div>
  )
}
