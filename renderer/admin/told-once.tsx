import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { ToldOnce } from '../../shared/admin/people-page.ts'
import { useFocusBack } from '../ui/use-focus-back.ts'
import css from './panel.module.css'
import { onSessionChange } from './session.ts'

/** What central told once, by whom it is for: it stands until it was handed over, wherever one looks meanwhile. */
const useTold = create<Readonly<Record<string, ToldOnce>>>(() => ({}))
onSessionChange((change) => change === 'left' && useTold.setState({}, true))
window.addEventListener('beforeunload', (event) => {
  if (Object.keys(useTold.getState()).length > 0) event.preventDefault()
})

/** Keeps what was told of somebody; where nothing was, nothing. */
export function keepTold(staffNo: string, told: ToldOnce): void {
  if (told.password === null && told.otpauth === null) return
  useTold.setState((all) => ({
    ...all,
    [staffNo]: { ...told, password: told.password ?? all[staffNo]?.password ?? null },
  }))
}

function forgetTold(staffNo: string): void {
  const { [staffNo]: _, ...rest } = useTold.getState()
  useTold.setState(rest, true)
}

/** In groups of four, to be typed. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? ''
const secretOf = (uri: string) => URL.parse(uri)?.searchParams.get('secret') ?? ''

/** What was told of this person, until it was handed over. */
export function ToldBox({ staffNo }: { readonly staffNo: string }) {
  const told = useTold((all) => all[staffNo])
  return told === undefined ? null : <Told told={told} onDone={() => forgetTold(staffNo)} />
}

function Told({ told: { password, otpauth }, onDone }: { readonly told: ToldOnce; readonly onDone: () => void }) {
  const { t } = useTranslation('admin')
  const box = useFocusBack<HTMLDivElement>()
  return (
    <div ref={box} className={css.told} role="group" aria-label={t('told.title')} tabIndex={-1} data-testid="told">
      <b>{t('told.title')}</b>
      {password !== null && <Secret label={t('told.password')} shown={password} copied={password} />}
      {otpauth !== null && (
        <>
          <Secret label={t('told.otpauth')} shown={grouped(secretOf(otpauth))} copied={secretOf(otpauth)} />
          <p className={css.note}>{t('told.otpauthNote')}</p>
          <span className={css.legend}>{t('told.address')}</span>
          <span className={css.address}>{otpauth}</span>
        </>
      )}
      <Button onClick={onDone}>{t('told.done')}</Button>
    </div>
  )
}

/** A secret in large letters, and a button that copies it. */
export function Secret({
  label,
  shown,
  copied,
}: {
  readonly label: string
  readonly shown: string
  readonly copied: string
}) {
  const { t } = useTranslation('admin')
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(copied)
    setDone(true)
  }
  return (
    <div className={css.row}>
      <span className={css.legend}>{label}</span>
      <span className={css.secret} data-testid="secret">
        {shown}
      </span>
      <Button onClick={() => void copy()}>{done ? t('told.copied') : t('told.copy')}</Button>
    </div>
  )
}
