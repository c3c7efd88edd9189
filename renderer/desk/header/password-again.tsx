import { Button, Input } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { renewSession } from '../stores/session-store.ts'
import { useSync } from '../stores/sync-store.ts'
import css from './password-again.module.css'

/** One field for the password that central wants once more, so that what waits is sent; work goes on without it. */
export function PasswordAgain() {
  const signIn = useSync(({ sync }) => sync?.signIn)
  return signIn === 'passwordWanted' || signIn === 'refused' ? <Field refused={signIn === 'refused'} /> : null
}

function Field({ refused }: { readonly refused: boolean }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const box = useRef<HTMLInputElement>(null)

  const send = async () => {
    setWorking(true)
    const answer = await renewSession(password)
    setWorking(false)
    setPassword('')
    setFailure(answer.ok ? null : answer.error)
    if (!answer.ok) box.current?.focus()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!working && password !== '') void send()
  }
  const words = failure
    ? t(`error.${failure.code}`, { minutes: failure.detail })
    : t(refused ? 'sync.refusedNote' : 'sync.againNote')
  return (
    <form className={css.again} onSubmit={onSubmit}>
      <label htmlFor="password-again">{t('sync.again')}</label>
      <div className={css.line}>
        <Input
          id="password-again"
          ref={box}
          type="password"
          autoComplete="off"
          maxLength={200}
          value={password}
          error={failure !== null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={working || password === ''}>
          {working ? t('signIn.working') : t('sync.send')}
        </Button>
      </div>
      <p role="status" data-bad={failure !== null || refused || undefined}>
        {words}
      </p>
    </form>
  )
}
