import { Button } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isAnyUp } from '../../../shared/call/lines.ts'
import type { EchoTest } from '../../../shared/call/echo-test.ts'
import { invoke, on } from '../../ui/bridge.ts'
import meter from '../../ui/meter.module.css'
import { failureWords } from '../call/call-words.ts'
import { tell, useCall } from '../stores/call-store.ts'
import { onScale } from './sound-words.ts'
import css from './sound.module.css'

const isRunning = (echo: EchoTest | null) => echo?.state === 'calling' || echo?.state === 'up'

function echoWords(echo: EchoTest | null, t: TFunction): string {
  if (echo === null) return ''
  if (echo.heard) return t('sound.echo.heard')
  return echo.state === 'failed'
    ? t('sound.echo.failed', { why: failureWords(echo.status, t) })
    : t(`sound.echo.${echo.state}`)
}

/** A test of both ways by the exchange's echo; it ends with the panel, by itself, or when a call comes. */
export function EchoTestField() {
  const { t } = useTranslation()
  const snapshot = useCall((state) => state.snapshot)
  useEffect(() => () => void invoke('phone.echoTest', { on: false }), [])
  if (snapshot === null || snapshot.echoNumber === null) return null
  const { echo, echoNumber } = snapshot
  const running = isRunning(echo)
  const busy = isAnyUp(snapshot)
  return (
    <div className={css.echo} data-testid="echo-test" data-state={echo?.state}>
      <Button
        variant="default"
        size="xs"
        disabled={busy || snapshot.line !== 'registered'}
        onClick={() => void tell(invoke('phone.echoTest', { on: !running }))}
      >
        {running ? t('sound.echo.stop') : t('sound.echo.start', { number: echoNumber })}
      </Button>
      {running && <EchoLevels />}
      <p
        role="status"
        data-tone={echo?.heard ? 'ok' : echo?.state === 'up' || echo?.state === 'calling' ? 'plain' : 'warn'}
      >
        {busy ? t('sound.echo.busy') : echoWords(echo, t)}
      </p>
    </div>
  )
}

/** Both meters, drawn beside React, ten times a second. */
function EchoLevels() {
  const { t } = useTranslation()
  const microphone = useRef<HTMLMeterElement>(null)
  const ear = useRef<HTMLMeterElement>(null)
  useEffect(
    () =>
      on('phone.echoLevels', (levels) => {
        if (microphone.current) microphone.current.value = onScale(levels.microphone)
        if (ear.current) ear.current.value = onScale(levels.ear)
      }),
    [],
  )
  return (
    <div className={css.echoLevels}>
      <span>{t('sound.echo.microphone')}</span>
      <meter ref={microphone} className={meter.meter} aria-label={t('sound.echo.microphone')} />
      <span>{t('sound.echo.ear')}</span>
      <meter ref={ear} className={meter.meter} data-tone="ok" aria-label={t('sound.echo.ear')} />
    </div>
  )
}
