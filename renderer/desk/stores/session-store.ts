import type { PasswordChange } from '../../../shared/people/password.ts'
import { create } from 'zustand'
import type { Failure, Result } from '../../../shared/errors.ts'
import type { AppInfo, Session } from '../../../shared/ipc.ts'
import { defaultNumberPlan, type NumberPlan } from '../../../shared/number-plan.ts'
import { wantsCode } from '../../../shared/people/one-time-code.ts'
import { invoke } from '../../ui/bridge.ts'
import { refreshDevice } from './device-store.ts'

type SessionStore = {
  readonly info: AppInfo | null
  readonly session: Session | null
  /** `opening` until it is known whether somebody is signed in already. */
  readonly state: 'opening' | 'signedOut' | 'signingIn' | 'signedIn'
  readonly failure: Failure | null
  /** The staff number of which central wants a second factor; null while it wants none. */
  readonly codeFor: string | null
  /** Whether one may sign in with the organisation's account. */
  readonly issuer: boolean
  /** The operator is signing in at the issuer, in the browser. */
  readonly inBrowser: boolean
}

/** Who sits at this desk. */
export const useSession = create<SessionStore>()(() => ({
  info: null,
  session: null,
  state: 'opening',
  failure: null,
  codeFor: null,
  issuer: false,
  inBrowser: false,
}))

/** The staff number of who sits here; '' while nobody does. */
export function ownStaffNo(): string {
  return useSession.getState().session?.operator.staffNo ?? ''
}

/** How numbers are meant where she sits. */
export function ownNumberPlan(): NumberPlan {
  return useSession.getState().session?.numberPlan ?? defaultNumberPlan
}

/** Signs in; what was typed stays where it is when it fails. `code` where central asked for a second factor. */
export async function signIn(staffNo: string, password: string, code?: string): Promise<void> {
  await enter(false, () => invoke('session.signIn', { staffNo, password, code }))
  // It stands while she tries, and after other failures: central asks for it every time.
  if (wantsCode(useSession.getState().failure)) useSession.setState({ codeFor: staffNo })
}

/** Signs in with the organisation's account, in the system's browser. */
export const signInByIssuer = (): Promise<void> => enter(true, () => invoke('session.signInByIssuer', null))

/** Back from the browser to staff number and password. */
export async function cancelIssuer(): Promise<void> {
  await invoke('session.cancelIssuer', null)
}

/** Asks central whether it knows an issuer; while it is away there is none. */
export async function findIssuer(): Promise<void> {
  const ways = await invoke('session.ways', null)
  useSession.setState({ issuer: ways.ok && ways.value.issuer })
}

async function enter(inBrowser: boolean, ask: () => Promise<Result<Session>>): Promise<void> {
  if (useSession.getState().state === 'signingIn') return
  useSession.setState({ state: 'signingIn', inBrowser, failure: null })
  const answer = await ask()
  if (answer.ok)
    return useSession.setState({ session: answer.value, state: 'signedIn', inBrowser: false, codeFor: null })
  // Central does not know this desk: it must be enrolled before anybody signs in.
  if (answer.error.code === 'deviceUnknown') await refreshDevice()
  // Who turned back knows it.
  const failure = answer.error.detail === 'cancelled' ? null : answer.error
  useSession.setState({ state: 'signedOut', inBrowser: false, failure })
}

/** Gives central her password once more; she works on meanwhile. */
export async function renewSession(password: string, code?: string): Promise<Result<null>> {
  return invoke('session.renew', { password, code })
}

/** Gives her another password, at central. */
export const changePassword = (change: PasswordChange): Promise<Result<null>> =>
  invoke('session.changePassword', change)

/** Signs out; refused while a call is up. */
export async function signOut(): Promise<Result<null>> {
  const answer = await invoke('session.signOut', null)
  if (answer.ok) useSession.setState({ session: null, state: 'signedOut', failure: null })
  return answer
}
