import { Button, Input } from '@mantine/core'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure, Result } from '../../shared/errors.ts'
import { isPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD, type PasswordChange } from '../../shared/people/password.ts'
import css from './password-form.module.css'

type Props = {
  /** Asks central. */
  readonly onSend: (change: PasswordChange) => Promise<Result<unknown>>
}

const empty = { old: '', fresh: '', again: '' }
type Field = keyof typeof empty

function useWhy() {
  const { t } = useTranslation()
  return ({ code, detail }: Failure): string => {
    if (code === 'wrongPassword') return t('password.wrong')
    if (code === 'outdated') return t('password.notNow')
    // What became of it is not known here.
    if (code === 'centralUnreachable' || code === 'centralFailed') return t('password.unknown')
    if (code === 'invalidInput' && detail === 'same') return t('password.same')
    return t(`error.${code}`, { minutes: detail })
  }
}

/** Gives oneself another password: the old one, and the new one twice. */
export function PasswordForm({ onSend }: Props) {
  const { t } = useTranslation()
  const why = useWhy()
  const [typed, setTyped] = useState(empty)
  const [working, setWorking] = useState(false)
  const [said, setSaid] = useState<{ readonly words: string; readonly bad: boolean } | null>(null)
  const { old, fresh, again } = typed
  const ready = !working && old !== '' && isPassword(fresh) && again !== ''
  const send = async () => {
    if (fresh !== again) return setSaid({ words: t('password.differs'), bad: true })
    setWorking(true)
    const answer = await onSend({ old, fresh })
    setWorking(false)
    if (answer.ok) setTyped(empty)
    setSaid(answer.ok ? { words: t('password.done'), bad: false } : { words: why(answer.error), bad: true })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  const field = (name: Field) => ({
    value: typed[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  })
  return (
    <form className={css.form} aria-label={t('password.change')} onSubmit={onSubmit}>
      <Line label={t('password.old')} fill="current-password" {...field('old')} />
      <Line
        label={t('password.fresh')}
        hint={t('password.hint', { number: SHORTEST_PASSWORD })}
        fill="new-password"
        {...field('fresh')}
      />
      <Line label={t('password.again')} fill="new-password" {...field('again')} />
      <p className={css.words} role="status" data-bad={said?.bad || undefined}>
        {working ? t('password.working') : (said?.words ?? '')}
      </p>
      <Button type="submit" disabled={!ready}>
        {t('password.submit')}
      </Button>
    </form>
  )
}

type LineProps = {
  readonly label: string
  readonly hint?: string
  /** What the browser may fill in. */
  readonly fill: 'current-password' | 'new-password'
  readonly value: string
  readonly onChange: (value: string) => void
}

function Line({ label, hint, fill, value, onChange }: LineProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="password"
        autoComplete={fill}
        maxLength={LONGEST_PASSWORD}
        placeholder={hint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  )
}

/** A key that opens the form in its place. */
export function PasswordKey({ onSend }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('password.change')}
      </Button>
      {open && <PasswordForm onSend={onSend} />}
    </>
  )
}
