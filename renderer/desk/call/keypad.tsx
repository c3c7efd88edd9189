import { useEffect, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/composing.ts'
import { useCall } from '../stores/call-store.ts'
import { closeKeypad, sendTone, tones, tonesTo, useKeypad } from '../stores/keypad-store.ts'
import css from './dial-panel.module.css'
import choice from '../../ui/digit-choice.module.css'
import { useFocusBack } from './use-focus-back.ts'

/** The keypad of a call; what was pressed goes from the screen with it. */
export function Keypad() {
  const { callId } = useKeypad()
  const snapshot = useCall((state) => state.snapshot)
  const stale = callId !== null && (snapshot === null || tonesTo(snapshot)?.caller.callId !== callId)
  useEffect(() => {
    if (stale) closeKeypad()
  }, [stale])
  return callId === null || stale ? null : <Keys />
}

function Keys() {
  const { t } = useTranslation()
  const box = useFocusBack<HTMLDivElement>()
  const sent = useKeypad((pad) => pad.sent)
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey || event.repeat) return
    const tone = tones.find((each) => each === event.key)
    if (event.key === 'Escape') closeKeypad()
    else if (tone) sendTone(tone)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={box}
      className={choice.choice}
      role="group"
      aria-label={t('dial.keypad')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      // Digits are tones only while it has the focus; elsewhere they are words of the case.
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || closeKeypad()}
      data-testid="keypad"
    >
      <p>{t('dial.keypad')}</p>
      <output className={css.sent}>{sent.slice(-20)}</output>
      <div className={css.pad}>
        {tones.map((tone) => (
          <button
            type="button"
            key={tone}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => sendTone(tone)}
          >
            {tone}
          </button>
        ))}
      </div>
      <small>{t('dial.hint')}</small>
    </div>
  )
}
