import { Button, Input } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { readOneTimeCode, wantsCode } from '../../../shared/people/one-time-code.ts'
import { CodeField } from '../../ui/code-field.tsx'
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
  const [asked, setAsked] = useState(false)
  const [typedCode, setTypedCode] = useState('')
  const box = useRef<HTMLInputElement>(null)
  const code = asked ? (readOneTimeCode(typedCode) ?? undefined) : undefined
  const ready = !working && password !== '' && (!asked || code !== undefined)

  const send = async () => {
    setWorking(true)
    const answer = await renewSession(password, code)
    setWorking(false)
    setTypedCode('')
    setFailure(answer.ok ? null : answer.error)
    // The password was right: only the code is wanted still, and its field takes the focus.
    if (!answer.ok && wantsCode(answer.error)) return setAsked(true)
    setPassword('')
    if (!answer.ok) box.current?.focus()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  const bad = failure !== null ? failure.code !== 'codeRequired' : refused
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
          error={failure !== null && !wantsCode(failure)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!ready}>
          {working ? t('signIn.working') : t('sync.send')}
        </Button>
      </div>
      {asked && <CodeField id="one-time-code-again" value={typedCode} onChange={setTypedCode} failure={failure} />}
      <p role="status" data-bad={bad || undefined}>
        {words}
      </p>
    </form>
  )
}
