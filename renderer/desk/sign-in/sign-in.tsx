import { Button, Input } from '@mantine/core'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn, useSession } from '../stores/session-store.ts'
import css from './sign-in.module.css'

/** Who works here now? In the demo the answer is given already, and seen for an instant. */
export function SignIn() {
  const { t } = useTranslation()
  const { info, state, failure } = useSession()
  const demo = info?.demo ?? null
  const [staffNo, setStaffNo] = useState(demo?.staffNo ?? '')
  const [password, setPassword] = useState(demo?.password ?? '')
  const begun = useRef(false)
  const working = state === 'signingIn'

  useEffect(() => {
    if (demo === null || begun.current || useSession.getState().failure) return
    begun.current = true
    void signIn(demo.staffNo, demo.password)
  }, [demo])

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (staffNo.trim() !== '' && password !== '') void signIn(staffNo.trim(), password)
  }
  const again = failure !== null && failure.code !== 'wrongPassword'
  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={onSubmit} aria-label={t('signIn.title')}>
        <h1 className={css.name}>{t('app.name')}</h1>
        <p className={css.motto}>{t('signIn.motto')}</p>
        <label htmlFor="staff-no">{t('signIn.staffNo')}</label>
        <Input
          id="staff-no"
          autoFocus={demo === null}
          autoComplete="off"
          maxLength={20}
          value={staffNo}
          onChange={(event) => setStaffNo(event.currentTarget.value)}
        />
        <label htmlFor="password">{t('signIn.password')}</label>
        <Input
          id="password"
          type="password"
          autoComplete="off"
          maxLength={200}
          value={password}
          error={failure?.code === 'wrongPassword'}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <p className={css.words} role="status" data-bad={failure !== null || undefined}>
          {working ? t('signIn.working') : failure ? t(`error.${failure.code}`) : demo ? t('signIn.demo') : ''}
        </p>
        <Button
          className={css.submit}
          type="submit"
          variant="filled"
          disabled={working || staffNo.trim() === '' || password === ''}
        >
          {working ? t('signIn.working') : again ? t('signIn.retry') : t('signIn.submit')}
          <kbd aria-hidden>↵</kbd>
        </Button>
        <p className={css.note}>{t('signIn.offlineNote')}</p>
      </form>
    </main>
  )
}
