import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { PageRoot } from '../page/page-root.tsx'
import { SignIn } from '../page/sign-in.tsx'
import { useFailureWords } from './failure-words.ts'
import { Frame } from './frame.tsx'
import { signIn, useSession } from './session.ts'

/** The pages of the administration. */
export function Administration() {
  const { state, me } = useSession()
  return (
    <PageRoot state={state} signIn={<AdminSignIn />}>
      {/* Whoever signs in over another's expired session begins anew, with her own rights. */}
      <Frame key={`${me?.staffNo} ${me?.role}`} />
    </PageRoot>
  )
}

function AdminSignIn() {
  const { t } = useTranslation('admin')
  const session = useSession()
  const failureWords = useFailureWords()
  const words = {
    title: t('signIn.title'),
    note: t('signIn.note'),
    again: t('signIn.again'),
    other: (staffNo: string) => t('signIn.other', { staffNo }),
    refused: (failure: Failure) =>
      failure.code === 'forbidden' && failure.detail === undefined
        ? t('refused.signInForbidden')
        : failureWords(failure),
  }
  return <SignIn session={session} signIn={signIn} words={words} />
}
