import { Popover } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useEffect, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedCall } from '../../../shared/call/call-book.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { isComposing } from '../../ui/composing.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import panel from '../../ui/panel.module.css'
import { underSign } from '../../ui/under-sign.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { openCaseOf } from '../actions.ts'
import { keyShown } from '../keys/key-map.ts'
import { callBack, chooseCall, chosenCall, loadCalls, moveChoice, noteCalls, useCalls } from '../stores/calls-store.ts'
import { closeCalls, toggleCalls, usePanels } from '../stores/panel-store.ts'
import { useSync } from '../stores/sync-store.ts'
import { openPage } from '../work/work-store.ts'
import { howWords, kindWords, owedWords } from './call-list-words.ts'
import css from './call-list.module.css'

/** The figures of the day; by key or click they open the calls of the shift. */
export function TodaySign() {
  const { t } = useTranslation()
  const today = useSync((state) => state.today)
  const opened = usePanels(({ calls }) => calls)
  const figure = (value: number | undefined) => value ?? '–'
  const owed = today?.callsOwed ?? 0
  const figures = [
    `${t('today.answered')} ${figure(today?.answered)}`,
    `${t('today.missed')} ${figure(today?.missed)}`,
    `${t('today.repliesOwed')} ${figure(today?.repliesOwed)}`,
  ].join(' · ')
  return (
    <Popover {...underSign} opened={opened} onChange={closeCalls} width={560}>
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          title={figures}
          data-testid="today-sign"
          onMouseDown={(event) => event.preventDefault()}
          onClick={toggleCalls}
        >
          <span className={css.figures}>{figures}</span>
          {owed > 0 && (
            <span className={panel.tag} data-tone="warn">
              {t('today.callsOwed')} {owed}
            </span>
          )}
          <kbd aria-hidden>{keyShown('calls')}</kbd>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.panel} aria-label={t('calls.title')}>
        {opened && <CallList />}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Shows the course of the case of a call. */
function openPageOf({ caseId, caseNo }: ListedCall): void {
  if (caseId === null || caseNo === null) return noteCalls('noCase')
  closeCalls()
  openPage(caseId)
}

/** What the keys do while the list has the focus; false where a key is not the list's. */
function press({ key, shiftKey, ctrlKey, altKey, metaKey, repeat }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || (repeat && key === 'Enter')) return false
  const call = chosenCall(useCalls.getState())
  if (key === 'Escape') closeCalls()
  else if (key === 'ArrowDown') moveChoice(1)
  else if (key === 'ArrowUp') moveChoice(-1)
  else if (key === 'ArrowRight' && call) openPageOf(call)
  else if (key !== 'Enter') return false
  else if (call && shiftKey) void openCaseOf(call)
  else if (call) callBack(call)
  return true
}

function CallList() {
  const { t } = useTranslation()
  const state = useCalls()
  const { listed, note, failure } = state
  const box = useFocusBack<HTMLDivElement>()
  const chosen = chosenCall(state)?.callId ?? null
  useEffect(() => {
    void loadCalls()
    const stop = useSync.subscribe(({ today }, before) => {
      if (today !== before.today) void loadCalls()
    })
    return () => {
      stop()
      noteCalls(null)
    }
  }, [])
  return (
    <>
      <div
        ref={box}
        className={css.list}
        role="listbox"
        tabIndex={0}
        aria-label={t('calls.list')}
        aria-activedescendant={chosen === null ? undefined : rowId(chosen)}
        data-testid="call-list"
        onKeyDown={(event) => {
          if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
        }}
      >
        {listed.length === 0 && (
          <div className={panel.empty}>
            <p>{t('calls.empty')}</p>
            <p>{t('calls.emptyHint')}</p>
          </div>
        )}
        {listed.map((call) => (
          <Row key={call.callId} call={call} chosen={call.callId === chosen} />
        ))}
      </div>
      <div className={css.foot} role="status">
        {failure ? t(`error.${failure}`) : note ? t(`calls.note.${note}`) : hint(t)}
      </div>
    </>
  )
}

function hint(t: TFunction): string {
  const keys = {
    choose: keyShown('chooseCall'),
    call: keyShown('callEntry'),
    open: keyShown('openCase'),
    page: keyShown('pageOfCall'),
  }
  return t('calls.hint', keys)
}

const rowId = (callId: string) => `call-${callId}`

function Row({ call, chosen }: { readonly call: ListedCall; readonly chosen: boolean }) {
  const { t } = useTranslation()
  const owed = owedWords(call, t)
  const how = howWords(call, t)
  const number = call.number === '' ? t('call.hiddenNumber') : maskNumber(call.number)
  return (
    <div
      id={rowId(call.callId)}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: 'nearest' })
      }}
      role="option"
      aria-selected={chosen}
      className={css.row}
      onMouseDown={(event) => {
        event.preventDefault()
        chooseCall(call.callId)
      }}
      onDoubleClick={() => callBack(call)}
    >
      <time>
        {monthDay(call.at)} {timeOfDay(call.at)}
      </time>
      <span>{kindWords(call, t)}</span>
      <span className={css.number}>{number}</span>
      <span className={css.how} title={how}>
        {how}
      </span>
      <span className={css.signs}>
        {owed !== null && (
          <span className={panel.tag} data-tone={call.owed ? 'warn' : 'bad'}>
            {owed}
          </span>
        )}
        {call.caseId !== null && (
          <span className={panel.tag} data-tone={call.caseNo === null ? 'warn' : 'brand'}>
            {call.caseNo ?? t('calls.draft')}
          </span>
        )}
      </span>
    </div>
  )
}
