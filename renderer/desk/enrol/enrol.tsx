import { Button, Input } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../sign-in/sign-in.module.css'
import { enrol, useDevice } from '../stores/device-store.ts'
import { useSession } from '../stores/session-store.ts'

/** The demo enrols once by itself: one whose code was refused waits for a person. */
let begun = false

/** Before anybody can sign in, an administrator's code makes this desk one that central knows. */
export function Enrol() {
  const { t } = useTranslation()
  const known = useSession(({ info }) => info?.enrolment ?? null)
  const { state, enrolling, failure } = useDevice()
  const [code, setCode] = useState(known ?? '')

  useEffect(() => {
    if (known === null || begun) return
    begun = true
    void enrol(known)
  }, [known])

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') void enrol(code.trim())
  }
  const again = failure !== null && failure.code !== 'wrongCode'
  const words = enrolling ? t('enrol.working') : failure ? t(`error.${failure.code}`) : ''
  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={onSubmit} aria-label={t('enrol.title')}>
        <h1 className={css.name}>{t('app.name')}</h1>
        <p className={css.motto}>{t('enrol.title')}</p>
        <label htmlFor="enrolment-code">{t('enrol.code')}</label>
        <Input
          id="enrolment-code"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          placeholder={t('enrol.shape')}
          value={code}
          error={failure?.code === 'wrongCode'}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <p className={css.words} role="status" data-bad={failure !== null || undefined}>
          {words || (state === 'refused' ? t('enrol.refused') : '')}
        </p>
        <Button className={css.submit} type="submit" variant="filled" disabled={enrolling || code.trim() === ''}>
          {enrolling ? t('enrol.working') : again ? t('signIn.retry') : t('enrol.submit')}
          <kbd aria-hidden>↵</kbd>
        </Button>
        <p className={css.note}>{t('enrol.note')}</p>
      </form>
    </main>
  )
}
