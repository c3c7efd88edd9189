/** Who is signed in. When a session expires the page stays as it is, with the sign-in over it: nothing typed is lost. */
import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import { meSchema, type Me } from '../../../shared/unit/unit-page.ts'
import { ask, done, onExpired } from '../api.ts'

type Session = {
  /** `expired`: somebody was signed in, and what she had on the screen is still there. */
  readonly state: 'asking' | 'signedOut' | 'signedIn' | 'expired'
  readonly me: Me | null
  readonly working: boolean
  readonly failure: Failure | null
}

export const useSession = create<Session>(() => ({ state: 'asking', me: null, working: false, failure: null }))

type Listener = (change: 'again' | 'left') => void
const listeners = new Set<Listener>()
/** `again`: the same person is back after her session expired. `left`: nobody is here, or somebody else. */
export function onSessionChange(listen: Listener): void {
  listeners.add(listen)
}
const tell: Listener = (change) => {
  for (const listen of listeners) listen(change)
}

/** Where she was writing when her session expired. */
let focused: Element | null = null

onExpired(() => {
  const { state } = useSession.getState()
  if (state === 'signedIn') focused = document.activeElement
  useSession.setState({ state: state === 'signedIn' || state === 'expired' ? 'expired' : 'signedOut' })
})

/** She goes on where she was, once the page can be written in again. */
function focusBack(): void {
  const field = focused
  if (field instanceof HTMLElement) requestAnimationFrame(() => field.focus())
}

/** Asks whose cookie the browser holds. */
export async function askWho(): Promise<void> {
  const found = await ask(meSchema, '/unit/me')
  if (found.ok) {
    const before = useSession.getState().me
    const same = before !== null && before.staffNo === found.value.staffNo && before.unit === found.value.unit
    if (before !== null && !same) tell('left')
    useSession.setState({ state: 'signedIn', me: found.value, failure: null })
    if (same) {
      tell('again')
      focusBack()
    }
    return
  }
  const { code } = found.error
  useSession.setState(({ state }) => ({
    state: state === 'expired' ? 'expired' : 'signedOut',
    failure: code === 'notSignedIn' ? null : found.error,
  }))
}

export async function signIn(staffNo: string, password: string): Promise<void> {
  useSession.setState({ working: true, failure: null })
  const answer = await ask(done, '/unit/sign-in', { method: 'POST', json: { staffNo, password } })
  if (answer.ok) await askWho()
  else useSession.setState({ failure: answer.error })
  useSession.setState({ working: false })
}

/** Leaves; what was kept at central stays there, what was on the screen goes. */
export async function signOut(): Promise<void> {
  const answer = await ask(done, '/unit/sign-out', { method: 'POST', json: {} })
  if (!answer.ok && answer.error.code !== 'notSignedIn') return useSession.setState({ failure: answer.error })
  tell('left')
  useSession.setState({ state: 'signedOut', me: null, failure: null })
}
