import { create } from 'zustand'
import type { Failure, Result } from '../../../shared/errors.ts'
import type { AppInfo, Session } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'

type SessionStore = {
  readonly info: AppInfo | null
  readonly session: Session | null
  /** `opening` until it is known whether somebody is signed in already. */
  readonly state: 'opening' | 'signedOut' | 'signingIn' | 'signedIn'
  readonly failure: Failure | null
}

/** Who sits at this desk. */
export const useSession = create<SessionStore>()(() => ({ info: null, session: null, state: 'opening', failure: null }))

/** The staff number of who sits here; '' while nobody does. */
export function ownStaffNo(): string {
  return useSession.getState().session?.operator.staffNo ?? ''
}

/** Signs in; what was typed stays where it is when it fails. */
export async function signIn(staffNo: string, password: string): Promise<void> {
  if (useSession.getState().state === 'signingIn') return
  useSession.setState({ state: 'signingIn', failure: null })
  const answer = await invoke('session.signIn', { staffNo, password })
  if (answer.ok) useSession.setState({ session: answer.value, state: 'signedIn' })
  else useSession.setState({ state: 'signedOut', failure: answer.error })
}

/** Signs out; refused while a call is up. */
export async function signOut(): Promise<Result<null>> {
  const answer = await invoke('session.signOut', null)
  if (answer.ok) useSession.setState({ session: null, state: 'signedOut', failure: null })
  return answer
}
