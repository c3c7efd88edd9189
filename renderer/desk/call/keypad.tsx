import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../stores/call-store.ts'
import { closeKeypad, sendTone, tones, tonesTo, useKeypad } from '../stores/keypad-store.ts'
import { DigitBox } from '../../ui/digit-box.tsx'
import css from './dial-panel.module.css'

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
  const sent = useKeypad((pad) => pad.sent)
  const onKey = (key: string) => {
    const tone = tones.find((each) => each === key)
    if (tone) sendTone(tone)
    return tone !== undefined
  }
  return (
    <DigitBox title={t('dial.keypad')} testId="keypad" onKey={onKey} onLeave={closeKeypad}>
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
    </DigitBox>
  )
}
