import { Button, Input } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureWords } from '../failure-words.ts'
import { signIn, useSession } from './session-store.ts'
import css from './sign-in.module.css'
import submitCss from '../submit.module.css'

/** Who works here? Over the page where a session expired: what stood there stands there still. */
export function SignIn() {
  const { t } = useTranslation('portal')
  const { t: common } = useTranslation()
  const { state, me, working, failure } = useSession()
  const failureWords = useFailureWords()
  const [staffNo, setStaffNo] = useState(me?.staffNo ?? '')
  const [password, setPassword] = useState('')
  const again = state === 'expired'
  const ready = staffNo.trim() !== '' && password !== '' && !working
  const send = async () => {
    await signIn(staffNo.trim(), password)
    setPassword('')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  const other = again && me !== null && staffNo.trim() !== '' && staffNo.trim() !== me.staffNo
  const refused =
    failure === null
      ? ''
      : failure.code === 'forbidden' && failure.detail === undefined
        ? t('refused.signInForbidden')
        : failureWords(failure)
  return (
    <main className={css.page} data-over={again || undefined}>
      <form className={css.card} onSubmit={onSubmit} aria-labelledby="sign-in-title">
        <h1 className={css.name} id="sign-in-title">
          {t('signIn.title')}
        </h1>
        <p className={css.motto}>{again ? t('signIn.again') : common('signIn.motto')}</p>
        <label htmlFor="staff-no">{common('signIn.staffNo')}</label>
        <Input
          id="staff-no"
          autoFocus
          autoComplete="username"
          maxLength={20}
          value={staffNo}
          onChange={(event) => setStaffNo(event.currentTarget.value)}
        />
        <label htmlFor="password">{common('signIn.password')}</label>
        <Input
          id="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          error={failure?.code === 'wrongPassword'}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <p className={css.words} role="status" data-bad={failure !== null || undefined}>
          {working ? common('signIn.working') : other ? t('signIn.other', { staffNo: me.staffNo }) : refused}
        </p>
        <Button className={submitCss.submit} type="submit" variant="filled" disabled={!ready}>
          {working ? common('signIn.working') : common('signIn.submit')}
          <kbd aria-hidden>↵</kbd>
        </Button>
        <p className={css.note}>{t('signIn.note')}</p>
      </form>
    </main>
  )
}
