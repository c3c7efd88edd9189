import { Popover } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/composing.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { overRightColumn } from '../../ui/under-sign.ts'
import { focusField } from '../focus.ts'
import { keyShown } from '../keys/key-map.ts'
import { currentCall, useCall } from '../stores/call-store.ts'
import { closeSound, toggleSound, usePanels } from '../stores/panel-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import { DeviceFields } from './device-fields.tsx'
import { EchoTestField } from './echo-test-field.tsx'
import { QualitySign } from './quality-sign.tsx'
import { followSound, qualityOf, useSound } from './sound-store.ts'
import { missingWords, soundSign } from './sound-words.ts'
import css from './sound.module.css'

/** Says what is wrong with the sound, where anything is; opens the devices, by key or click. */
export function SoundSign() {
  const { t } = useTranslation()
  const opened = usePanels(({ sound }) => sound)
  const phoneUp = useSync(isPhoneUp)
  const callId = useCall(({ snapshot }) => currentCall(snapshot)?.caller.callId ?? null)
  const trouble = useSound((state) => qualityOf(state, callId)?.trouble ?? null)
  const devices = useSound((state) => state.devices)
  const sign = soundSign({ devices, trouble }, t)
  useEffect(() => (phoneUp ? followSound() : undefined), [phoneUp])
  return (
    <Popover {...overRightColumn} opened={opened} onChange={closeSound} width={320}>
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          data-testid="sound-sign"
          data-tone={sign.tone}
          onMouseDown={(event) => event.preventDefault()}
          onClick={toggleSound}
        >
          <StatusShape shape={sign.shape} />
          <span role="status">{sign.words}</span>
          <kbd aria-hidden>{keyShown('sound')}</kbd>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.panel} aria-label={t('sound.panel')}>
        {opened && <Panel callId={callId} />}
      </Popover.Dropdown>
    </Popover>
  )
}

/** The focus goes into the panel when it opens, and back to where it was when it closes. */
function usePanelFocus() {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const inside = box.current
    inside?.querySelector('select')?.focus()
    return () => {
      // Only a focus that is lost with the panel is led back.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus()
        else focusField('content')
      })
    }
  }, [])
  return box
}

function Panel({ callId }: { readonly callId: string | null }) {
  const { t } = useTranslation()
  const { devices, failure } = useSound()
  const box = usePanelFocus()
  return (
    <div
      ref={box}
      className={css.fields}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
        event.preventDefault()
        closeSound()
      }}
    >
      {devices ? <DeviceFields devices={devices} /> : <p>{t('error.phoneDown')}</p>}
      {devices &&
        missingWords(devices, t).map((words) => (
          <p key={words} data-tone="warn">
            {words}
          </p>
        ))}
      {failure && <p role="alert">{t(`error.${failure}`)}</p>}
      {devices && <EchoTestField />}
      {callId !== null && <QualitySign callId={callId} />}
    </div>
  )
}
