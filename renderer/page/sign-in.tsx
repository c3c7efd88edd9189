import { Button, Input } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { readOneTimeCode, wantsCode } from '../../shared/people/one-time-code.ts'
import { CodeField } from '../ui/code-field.tsx'
import type { PageSession } from './session.ts'
import css from './sign-in.module.css'
import submitCss from './submit.module.css'

/** What a page says at its sign-in in words of its own. */
export type SignInWords = {
  readonly title: string
  readonly note: string
  /** Over the page where a session expired. */
  readonly again: string
  /** Somebody else signs in over the session of this staff number. */
  readonly other: (staffNo: string) => string
  readonly refused: (failure: Failure) => string
}
type Props = {
  readonly session: PageSession<{ readonly staffNo: string }>
  readonly signIn: (staffNo: string, password: string, code?: string) => Promise<Failure | null>
  readonly words: SignInWords
}

/** Who works here? Over the page where a session expired: what stood there stands there still. */
export function SignIn({ session: { state, me, working, failure, codeFor }, signIn, words }: Props) {
  const { t } = useTranslation()
  const [staffNo, setStaffNo] = useState(me?.staffNo ?? '')
  const [password, setPassword] = useState('')
  const [typedCode, setTypedCode] = useState('')
  const again = state === 'expired'
  const number = staffNo.trim()
  const asksCode = codeFor !== null && codeFor === number
  const code = readOneTimeCode(typedCode)
  const ready = number !== '' && password !== '' && !working && (!asksCode || code !== null)
  const send = async () => {
    const failed = await signIn(number, password, asksCode && code !== null ? code : undefined)
    // The password stands while only its code is wanted.
    if (!wantsCode(failed)) setPassword('')
    setTypedCode('')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  const other = again && me !== null && number !== '' && number !== me.staffNo
  const refused = failure === null ? '' : words.refused(failure)
  return (
    <main className={css.page} data-over={again || undefined}>
      <form className={css.card} onSubmit={onSubmit} aria-labelledby="sign-in-title">
        <h1 className={css.name} id="sign-in-title">
          {words.title}
        </h1>
        <p className={css.motto}>{again ? words.again : t('signIn.motto')}</p>
        <label htmlFor="staff-no">{t('signIn.staffNo')}</label>
        <Input
          id="staff-no"
          autoFocus
          autoComplete="username"
          maxLength={20}
          value={staffNo}
          onChange={(event) => setStaffNo(event.currentTarget.value)}
        />
        <label htmlFor="password">{t('signIn.password')}</label>
        <Input
          id="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          error={failure?.code === 'wrongPassword'}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {asksCode && <CodeField id="code" value={typedCode} onChange={setTypedCode} failure={failure} />}
        <p
          className={css.words}
          role="status"
          data-bad={(failure !== null && failure.code !== 'codeRequired') || undefined}
        >
          {working ? t('signIn.working') : other ? words.other(me.staffNo) : refused}
        </p>
        <Button className={submitCss.submit} type="submit" variant="filled" disabled={!ready}>
          {working ? t('signIn.working') : t('signIn.submit')}
          <kbd aria-hidden>↵</kbd>
        </Button>
        <p className={css.note}>{words.note}</p>
      </form>
    </main>
  )
}
