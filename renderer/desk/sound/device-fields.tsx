import { Button, NativeSelect } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { soundRoles, type SoundDevices, type SoundRole } from '../../../shared/call/sound-devices.ts'
import { invoke, on } from '../../ui/bridge.ts'
import bar from '../../ui/meter.module.css'
import { useMay } from '../stores/operator-may.ts'
import { chooseDevice } from './sound-store.ts'
import { onScale } from './sound-words.ts'
import css from './sound.module.css'

/** The microphone is open while this is on the screen; drawn beside React, ten times a second. */
function MicrophoneLevel() {
  const { t } = useTranslation()
  const meter = useRef<HTMLMeterElement>(null)
  useEffect(() => {
    const end = on('phone.microphoneLevel', ({ level }) => {
      if (meter.current) meter.current.value = onScale(level)
    })
    void invoke('phone.testMicrophone', { on: true })
    return () => {
      end()
      void invoke('phone.testMicrophone', { on: false })
    }
  }, [])
  return (
    <meter
      ref={meter}
      className={`${bar.meter} ${css.level}`}
      aria-label={t('sound.level')}
      data-testid="microphone-level"
    />
  )
}

function DeviceField({ role, devices }: { readonly role: SoundRole; readonly devices: SoundDevices }) {
  const { t } = useTranslation()
  const names = role === 'microphone' ? devices.microphones : devices.speakers
  const chosen = devices.chosen[role]
  const may = useMay('devices')
  const gone = chosen !== null && !names.includes(chosen)
  return (
    <NativeSelect
      label={t(`sound.roles.${role}`)}
      value={chosen ?? ''}
      disabled={!may}
      onChange={({ currentTarget }) => void chooseDevice(role, currentTarget.value === '' ? null : currentTarget.value)}
      data={[
        { value: '', label: t('sound.system') },
        ...names.map((name) => ({ value: name, label: name })),
        ...(gone ? [{ value: chosen, label: t('sound.gone', { name: chosen }), disabled: true }] : []),
      ]}
    />
  )
}

/** A device for each role, and how to hear that it works. */
export function DeviceFields({ devices }: { readonly devices: SoundDevices }) {
  const { t } = useTranslation()
  const may = useMay('devices')
  return (
    <>
      {!may && <p data-tone="plain">{t('app.byAdministrator')}</p>}
      {soundRoles.map((role) => (
        <div key={role}>
          <DeviceField role={role} devices={devices} />
          {role === 'microphone' && <MicrophoneLevel />}
          {role === 'ring' && (
            <Button variant="default" size="xs" mt={6} onClick={() => void invoke('phone.testRing', null)}>
              {t('sound.testRing')}
            </Button>
          )}
        </div>
      ))}
    </>
  )
}
