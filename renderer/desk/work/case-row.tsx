import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import { owedStates, type CaseState } from '../../../shared/case/case-step.ts'
import { markTerms } from '../../../shared/kb/grams.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { StatusShape } from '../../ui/status-shape.tsx'
import css from './case-list.module.css'
import { colourOfDue, dueShapes, dueTones, dueWords, type Due } from './due-words.ts'
import { useUnitName } from './units-store.ts'

/** The height of a row in px, as case-list.module.css has it. */
export const ROW_HEIGHT = 52

/** What still waits for a reply stands out; what is over rests. */
export function toneOfState(state: CaseState): 'brand' | 'warn' | 'ok' {
  if (state === 'accepted' || state === 'inHand' || state === 'answered') return 'brand'
  return owedStates.includes(state) ? 'warn' : 'ok'
}

/** A deadline by shape, colour and words. */
export function DueTag({ due, now }: { readonly due: Due; readonly now: number }) {
  const { t } = useTranslation()
  const colour = colourOfDue(due, now)
  return (
    <span className={css.due} data-tone={dueTones[colour]}>
      <StatusShape shape={dueShapes[colour]} /> {dueWords(due, now, t)}
    </span>
  )
}

type Props = {
  readonly id: string
  readonly line: CaseLine
  readonly chosen: boolean
  /** What was asked for, to be marked; the same array while it is the same. */
  readonly terms: readonly string[]
  readonly now: number
  readonly onChoose: () => void
  readonly onOpen: () => void
}

/** A case as a line: what and where, then its number, day, state, unit and deadline. */
export function CaseRow({ id, line, chosen, terms, now, onChoose, onOpen }: Props) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={css.row}
      onMouseDown={(event) => {
        event.preventDefault()
        onChoose()
      }}
      onDoubleClick={onOpen}
    >
      <Told line={line} terms={terms} />
      <span className={css.end}>{line.deadline !== null && <DueTag due={line.deadline} now={now} />}</span>
    </div>
  )
}

/** All but the deadline: it changes neither by the clock nor by what is chosen, so a key does not draw it anew. */
const Told = memo(function Told({ line, terms }: Pick<Props, 'line' | 'terms'>) {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const place = [line.district ?? '', line.address].filter((part) => part !== '').join(' ')
  const kind = line.kind === null ? '' : t(`form.kinds.${line.kind}`)
  return (
    <>
      <span className={css.what}>
        <Marked text={plainLine(line.summary, 80) || t('work.list.noContent')} terms={terms} />
        {place !== '' && (
          <small>
            <Marked text={plainLine(place, 60)} terms={terms} />
          </small>
        )}
      </span>
      <span className={css.end}>
        <span className={panel.tag} data-tone={toneOfState(line.state)}>
          {t(`earlier.state.${line.state}`)}
        </span>
      </span>
      <span className={css.small}>
        <b>
          <Marked text={line.caseNo} terms={terms} />
        </b>
        {monthDay(line.openedAt)} {timeOfDay(line.openedAt)} {kind}
        {line.unit !== null && <span className={css.unit}>{unitName(line.unit)}</span>}
        {line.event !== null && <Sign tone="warn">{`${t('similar.eventTag')} ${line.event.title}`}</Sign>}
        {line.callers > 1 && <Sign>{t('work.list.callers', { n: line.callers })}</Sign>}
        {line.owed > 0 && line.callers > 1 && <Sign tone="warn">{t('work.list.owed', { n: line.owed })}</Sign>}
        {line.supervised > 0 && <Sign tone="bad">{t('work.list.supervised', { n: line.supervised })}</Sign>}
        {line.rehandled > 0 && <Sign tone="warn">{t('work.list.rehandled')}</Sign>}
        {line.asked !== null && <Sign>{t('work.list.asked', { n: line.asked })}</Sign>}
      </span>
    </>
  )
})

function Sign({ tone, children }: { readonly tone?: 'bad' | 'warn'; readonly children: string }) {
  return (
    <span className={css.sign} data-tone={tone}>
      {children}
    </span>
  )
}

function Marked({ text, terms }: { readonly text: string; readonly terms: readonly string[] }) {
  let at = 0
  return markTerms(text, terms).map(({ text: piece, hit }) => {
    const key = (at += piece.length)
    return hit ? <mark key={key}>{piece}</mark> : <span key={key}>{piece}</span>
  })
}
