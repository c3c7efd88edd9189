import { Button, Input } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors.ts'
import { readOneTimeCode } from '../../../shared/people/one-time-code.ts'
import { on } from '../../ui/bridge.ts'
import { isComposing } from '../../ui/composing.ts'
import { StatusShape } from '../../ui/status-shape.tsx'
import { signOf } from '../header/sync-words.ts'
import { refreshDevice } from '../stores/device-store.ts'
import { cancelIssuer, findIssuer, signIn, signInByIssuer, useSession } from '../stores/session-store.ts'
import { refreshSync, useSync } from '../stores/sync-store.ts'
import { CodeField } from '../../ui/code-field.tsx'
import css from './sign-in.module.css'

/** The demo signs in once, at the start: whoever signs out stays out. */
let begun = false

/** What does not come right by trying the same again: something else must be typed, or done elsewhere. */
const inVain: ReadonlySet<ErrorCode> = new Set([
  'wrongPassword',
  'codeRequired',
  'codeWrong',
  'codeNotEnrolled',
  'forbidden',
])

/** Who works here now? In the demo the answer is given already, and seen for an instant. */
export function SignIn() {
  const { t } = useTranslation()
  const { info, state, failure, codeFor, issuer, inBrowser } = useSession()
  const demo = info?.demo ?? null
  const [staffNo, setStaffNo] = useState(demo?.staffNo ?? '')
  const [password, setPassword] = useState(demo?.password ?? '')
  const [typedCode, setTypedCode] = useState('')
  const working = state === 'signingIn'

  useEffect(() => {
    if (demo === null || begun || useSession.getState().failure) return
    begun = true
    void signIn(demo.staffNo, demo.password)
  }, [demo])

  // Also after a failure: central may be back, and know one.
  useEffect(() => {
    if (state === 'signedOut') void findIssuer()
  }, [state])

  // What the last operator left is sent while nobody is signed in: how far that is stands here.
  useEffect(() => {
    void refreshSync()
    return on('sync.changed', (sync) => {
      useSync.setState({ sync })
      if (sync.central === 'notEnrolled') void refreshDevice()
    })
  }, [])
  const sync = useSync()
  const sign = signOf(sync, t)

  const number = staffNo.trim()
  const asked = codeFor !== null && codeFor === number
  const code = asked ? (readOneTimeCode(typedCode) ?? undefined) : undefined
  const ready = number !== '' && password !== '' && (!asked || code !== undefined)

  const send = async () => {
    await signIn(number, password, code)
    // Each code opens once: the next one is typed into an empty field.
    if (useSession.getState().failure?.code === 'codeWrong') setTypedCode('')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send()
  }
  useEffect(() => {
    if (!inBrowser) return
    // The button that was pressed is gone: the key is heard wherever the focus is.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isComposing(event)) void cancelIssuer()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [inBrowser])

  const words = inBrowser ? t('signIn.inBrowser') : working ? t('signIn.working') : null
  const again = failure !== null && !inVain.has(failure.code)
  const wrong = failure?.code === 'forbidden' ? 'signIn.notHere' : failure ? (`error.${failure.code}` as const) : null
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
          onChange={(event) => {
            setStaffNo(event.currentTarget.value)
            setTypedCode('')
          }}
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
        {asked && <CodeField id="one-time-code" value={typedCode} onChange={setTypedCode} failure={failure} />}
        <p
          className={css.words}
          role="status"
          data-bad={(failure !== null && failure.code !== 'codeRequired') || undefined}
        >
          {words ?? (wrong ? t(wrong, { minutes: failure?.detail }) : demo ? t('signIn.demo') : '')}
        </p>
        <Button className={css.submit} type="submit" variant="filled" disabled={working || !ready}>
          {working ? t('signIn.working') : again ? t('signIn.retry') : t('signIn.submit')}
          <kbd aria-hidden>↵</kbd>
        </Button>
        {inBrowser ? (
          <Button className={css.other} variant="default" onClick={() => void cancelIssuer()}>
            {t('signIn.cancel')}
            <kbd aria-hidden>Esc</kbd>
          </Button>
        ) : issuer ? (
          <Button className={css.other} variant="default" disabled={working} onClick={() => void signInByIssuer()}>
            {t('signIn.byIssuer')}
          </Button>
        ) : null}
        <p className={css.note}>{t('signIn.offlineNote')}</p>
        {sync.sync !== null && (
          <p className={css.sync} data-testid="sync-sign">
            <StatusShape shape={sign.shape} /> {t('sync.label')}：{sign.words}
          </p>
        )}
      </form>
    </main>
  )
}
