import { PageRoot } from '../page/page-root.tsx'
import { SignIn } from './session/sign-in.tsx'
import { useSession } from './session/session-store.ts'
import { Work } from './work.tsx'

/** The page of the member units. */
export function Portal() {
  const { state, me } = useSession()
  return (
    <PageRoot state={state} signIn={<SignIn />}>
      {/* Whoever signs in over another's expired session begins anew, with her own rights. */}
      <Work key={me?.staffNo} />
    </PageRoot>
  )
}
