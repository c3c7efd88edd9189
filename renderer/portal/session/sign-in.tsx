import { useTranslation } from 'react-i18next'
import { SignIn as PageSignIn } from '../../page/sign-in.tsx'
import { useFailureWords } from '../failure-words.ts'
import { signIn, useSession } from './session-store.ts'

/** The sign-in of the member units' people. */
export function SignIn() {
  const { t } = useTranslation('portal')
  const session = useSession()
  const failureWords = useFailureWords()
  const words = {
    title: t('signIn.title'),
    note: t('signIn.note'),
    again: t('signIn.again'),
    other: (staffNo: string) => t('signIn.other', { staffNo }),
    refused: (failure: Parameters<typeof failureWords>[0]) =>
      failure.code === 'forbidden' && failure.detail === undefined
        ? t('refused.signInForbidden')
        : failureWords(failure),
  }
  return <PageSignIn session={session} signIn={signIn} words={words} />
}
