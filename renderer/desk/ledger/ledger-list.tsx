import type { TFunction } from 'i18next'
import { useEffect, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerEntry } from '../../../shared/ledger/entry.ts'
import { isComposing } from '../../ui/composing.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { useNow } from '../../ui/use-now.ts'
import list from '../header/call-list.module.css'
import { closeLedger } from '../stores/panel-store.ts'
import { LedgerDraft } from './ledger-draft.tsx'
import {
  beginLink,
  beginName,
  callLegBack,
  chooseLeg,
  chosenLeg,
  legKey,
  loadLedger,
  moveLeg,
  useLedger,
} from './ledger-store.ts'
import { endWords, lateWords, numberWords } from './ledger-words.ts'

const LIST_ID = 'ledger-list'

function callBack(): void {
  if (callLegBack()) closeLedger()
}

/** What the keys do while the list has the focus; false where a key is not the list's. */
function press({ key, ctrlKey, altKey, metaKey, shiftKey, repeat }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || shiftKey) return false
  if (key === 'Escape') closeLedger()
  else if (key === 'ArrowDown') moveLeg(1)
  else if (key === 'ArrowUp') moveLeg(-1)
  else if (repeat) return false
  else if (key === '1' || key === 'Enter') callBack()
  else if (key === '2') beginLink()
  else if (key === '3') beginName()
  else return false
  return true
}

/** The calls without an outcome, the oldest first; where there is none, the goal is reached. */
export function LedgerList() {
  const { t } = useTranslation()
  const state = useLedger()
  const { rows, draft, open } = state
  const box = useFocusBack<HTMLDivElement>()
  const now = useNow()
  const chosen = chosenLeg(state)
  useEffect(() => {
    void loadLedger()
    // Central says that it is another list than it was.
    return useLedger.subscribe(({ open: count, rows: shown }, before) => {
      if (count !== before.open && count !== null && shown === before.rows) void loadLedger()
    })
  }, [])
  useEffect(() => {
    if (draft === null && document.activeElement === document.body) box.current?.focus()
  }, [draft, box])
  const more = rows === null ? 0 : (open ?? 0) - rows.length
  return (
    <>
      <div
        id={LIST_ID}
        ref={box}
        className={list.list}
        role="listbox"
        tabIndex={0}
        aria-label={t('ledger.title')}
        aria-activedescendant={chosen === null ? undefined : rowId(chosen)}
        data-testid="ledger-list"
        onKeyDown={(event) => {
          if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
        }}
      >
        {rows?.length === 0 && (
          <div className={panel.empty} data-testid="ledger-empty">
            <p>{t('ledger.empty')}</p>
            <p>{t('ledger.emptyHint')}</p>
          </div>
        )}
        {rows?.map((leg) => (
          <Row key={legKey(leg)} leg={leg} now={now} chosen={leg === chosen} />
        ))}
        {more > 0 && <p className={panel.empty}>{t('ledger.more', { n: more })}</p>}
      </div>
      {draft !== null && chosen !== null && (
        <LedgerDraft draft={draft} leg={chosen} done={() => box.current?.focus()} />
      )}
      <Foot t={t} />
    </>
  )
}

/** What came of what was pressed, or the keys. */
function Foot({ t }: { readonly t: TFunction }) {
  const { rows, note, failure } = useLedger()
  return (
    <div className={list.foot} role="status" data-testid="ledger-foot">
      {failure !== null
        ? t('ledger.failed', { words: t(`error.${failure.code}`) })
        : note !== null
          ? t(`ledger.note.${note}`)
          : rows === null
            ? t('ledger.loading')
            : t('ledger.hint')}
    </div>
  )
}

const rowId = (leg: LedgerEntry) => `leg-${legKey(leg).replaceAll(/\s/g, '-')}`

type RowProps = { readonly leg: LedgerEntry; readonly now: number; readonly chosen: boolean }

function Row({ leg, now, chosen }: RowProps) {
  const { t } = useTranslation()
  const late = lateWords(leg, now, t)
  return (
    <div
      id={rowId(leg)}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: 'nearest' })
      }}
      role="option"
      aria-selected={chosen}
      className={list.row}
      onMouseDown={(event) => {
        event.preventDefault()
        chooseLeg(legKey(leg))
      }}
      onDoubleClick={callBack}
    >
      <time>
        {monthDay(leg.beganAt)} {timeOfDay(leg.beganAt)}
      </time>
      <span>{leg.queue ?? leg.called}</span>
      <span className={list.number}>{numberWords(leg, t)}</span>
      <span className={list.how}>{endWords(leg, t)}</span>
      <span className={list.signs}>
        {late !== null && (
          <span className={panel.tag} data-tone="bad">
            {late}
          </span>
        )}
        {leg.tries > 0 && (
          <span className={panel.tag} data-tone="warn">
            {t('ledger.tries', { n: leg.tries })}
          </span>
        )}
      </span>
    </div>
  )
}
