import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallPurpose } from '../../../shared/call/call-fact.ts'
import { emergencyNumbers, type DialProblem } from '../../../shared/call/dial-plan.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { DigitChoice } from '../../ui/digit-choice.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { isComposing } from '../../ui/composing.ts'
import { perform } from '../actions.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { keyShown } from '../keys/key-map.ts'
import { useCall } from '../stores/call-store.ts'
import { closeDial, dialEmergency, dialPlace, dialTyped, samePlace, useDial } from '../stores/dial-store.ts'
import { meantNumber, closeDirectory, lookUp, moveListed, toggleStar, useDirectory } from '../stores/directory-store.ts'
import { DIRECTORY_ID, DirectoryHits, hitId } from './directory-hits.tsx'
import css from './dial-panel.module.css'
import choice from '../../ui/digit-box.module.css'

/** Where a number is dialled, or an emergency service brought in; it closes when the call it was opened in is over. */
export function DialPanel() {
  const { shown, place } = useDial()
  const snapshot = useCall((state) => state.snapshot)
  const stale = shown !== 'closed' && !samePlace(place, dialPlace(snapshot))
  useEffect(() => {
    if (stale) closeDial()
  }, [stale])
  if (shown === 'closed' || place === null || stale) return null
  return shown === 'number' ? <NumberPanel free={place.mode === 'free'} /> : <EmergencyChoice />
}

function NumberPanel({ free }: { readonly free: boolean }) {
  const { t } = useTranslation()
  const input = useFocusBack<HTMLInputElement>()
  const last = useDial((dial) => dial.last)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<DialProblem | null>(null)
  const chosen = useDirectory(({ chosen: place }) => place)
  useEffect(() => {
    void lookUp(typed)
  }, [typed])
  useEffect(() => closeDirectory, [])
  const dial = (purpose: CallPurpose) => {
    const number = meantNumber(typed)
    if (number !== null) setProblem(dialTyped(number, purpose))
  }
  const enter = (direct: boolean) => (free ? dial('citizen') : dial(direct ? 'handOver' : 'consult'))
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') closeDial()
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveListed(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.ctrlKey && event.key.toLowerCase() === 'd') void toggleStar()
    else if (event.key === 'Enter' && event.target === input.current) enter(event.shiftKey)
    else return
    event.preventDefault()
  }
  const title = free ? t('dial.title.free') : t('dial.title.call')
  return (
    <div
      className={`${choice.choice} ${css.panel}`}
      role="group"
      aria-label={title}
      onKeyDown={onKeyDown}
      data-testid="dial-panel"
    >
      <p>{title}</p>
      <input
        ref={input}
        className={css.input}
        aria-label={t('dial.number')}
        placeholder={t('directory.placeholder')}
        role="combobox"
        aria-expanded={chosen >= 0}
        aria-controls={DIRECTORY_ID}
        aria-activedescendant={chosen >= 0 ? hitId(chosen) : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={typed}
        aria-invalid={problem !== null}
        aria-describedby="dial-problem"
        onChange={(event) => {
          setTyped(event.target.value)
          setProblem(null)
        }}
      />
      <small id="dial-problem" className={css.problem} data-problem={problem !== null || undefined} role="status">
        {problem ? t(`dial.problem.${problem}`) : t('directory.hint', { key: keyShown('star') })}
      </small>
      <DirectoryHits onDial={() => enter(false)} />
      <div className={css.keys}>
        {free ? (
          <>
            <KeyButton id="dialNow" tone="go" onPress={() => dial('citizen')}>
              {t('dial.dial')}
            </KeyButton>
            {last !== null && (
              <KeyButton id="redial" onPress={() => perform('redial')}>
                {t('dial.redial', { number: maskNumber(last) })}
              </KeyButton>
            )}
          </>
        ) : (
          <>
            <KeyButton id="consult" tone="go" onPress={() => dial('consult')}>
              {t('dial.consult')}
            </KeyButton>
            <KeyButton id="handOver" onPress={() => dial('handOver')}>
              {t('dial.handOver')}
            </KeyButton>
            <KeyButton id="emergency" onPress={() => perform('emergency')}>
              {t('lines.beside.emergency')}
            </KeyButton>
            <KeyButton id="keypad" onPress={() => perform('keypad')}>
              {t('directory.keypad')}
            </KeyButton>
          </>
        )}
      </div>
    </div>
  )
}

/** Alt E and a digit: the service is dialled, and joined as soon as it answers. */
function EmergencyChoice() {
  const { t } = useTranslation()
  const options = emergencyNumbers.map((number, index) => ({
    key: number,
    words: `${number} ${t(`dial.services.${number}`)}`,
    choose: () => dialEmergency(index),
  }))
  return (
    <DigitChoice
      title={t('dial.emergencyTitle')}
      hint={t('dial.emergencyHint')}
      testId="emergency-choice"
      options={options}
      close={closeDial}
    />
  )
}
