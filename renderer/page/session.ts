/** Who is signed in at a page. When a session expires the page stays as it is, with the sign-in over it: nothing typed is lost. */
import type { z } from 'zod'
import { create } from 'zustand'
import type { Failure } from '../../shared/errors.ts'
import { wantsCode } from '../../shared/people/one-time-code.ts'
import { ask, done, onExpired } from './api.ts'

export type PageSession<M> = {
  /** `expired`: somebody was signed in, and what she had on the screen is still there. */
  readonly state: 'asking' | 'signedOut' | 'signedIn' | 'expired'
  readonly me: M | null
  readonly working: boolean
  readonly failure: Failure | null
  /** The staff number of which central wants a second factor; null while it wants none. */
  readonly codeFor: string | null
}

/** `again`: the same person is back after her session expired. `left`: nobody is here, or somebody else. */
type Listener = (change: 'again' | 'left') => void

/** A page has one session: whoever works on it hears of that one. */
const listeners = new Set<Listener>()
const tell: Listener = (change) => {
  for (const listen of listeners) listen(change)
}

/** Until the returned function is called. */
export function onSessionChange(listen: Listener): () => void {
  listeners.add(listen)
  return () => void listeners.delete(listen)
}

/**
 * The session of the page that central serves under `base`; `schema` is what `base`/me says of who is signed in, and
 * `isSame` whether she is the one of before, with what she may do.
 */
export function createPageSession<S extends z.ZodType<{ readonly staffNo: string }>>(
  base: string,
  schema: S,
  isSame: (one: z.output<S>, other: z.output<S>) => boolean,
) {
  const nobody: PageSession<z.output<S>> = { state: 'asking', me: null, working: false, failure: null, codeFor: null }
  const useSession = create<PageSession<z.output<S>>>(() => nobody)
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
  async function askWho(): Promise<void> {
    const found = await ask(schema, `${base}/me`)
    if (found.ok) {
      const before = useSession.getState().me
      const same = before !== null && isSame(before, found.value)
      if (before !== null && !same) tell('left')
      useSession.setState({ state: 'signedIn', me: found.value, failure: null, codeFor: null })
      if (same) {
        tell('again')
        focusBack()
      }
      return
    }
    const { code } = found.error
    const { state } = useSession.getState()
    // Central is away: what is on the screen stays there, until it says that she is let in no more.
    if (state === 'signedIn' && code !== 'forbidden') return
    useSession.setState({
      state: state === 'asking' || state === 'signedOut' ? 'signedOut' : 'expired',
      failure: code === 'notSignedIn' ? null : found.error,
    })
  }

  /** `code` where central asked for a second factor. Answers why she was not let in; null once she is. */
  async function signIn(staffNo: string, password: string, code?: string): Promise<Failure | null> {
    useSession.setState({ working: true, failure: null })
    const json = { staffNo, password, ...(code === undefined ? {} : { code }) }
    const answer = await ask(done, `${base}/sign-in`, { method: 'POST', json })
    if (answer.ok) await askWho()
    else useSession.setState({ failure: answer.error, ...(wantsCode(answer.error) ? { codeFor: staffNo } : {}) })
    useSession.setState({ working: false })
    return answer.ok ? null : answer.error
  }

  /** Leaves; what was kept at central stays there, what was on the screen goes. */
  async function signOut(): Promise<void> {
    const answer = await ask(done, `${base}/sign-out`, { method: 'POST', json: {} })
    if (!answer.ok && answer.error.code !== 'notSignedIn') return useSession.setState({ failure: answer.error })
    tell('left')
    useSession.setState({ ...nobody, state: 'signedOut' })
  }

  return {
    useSession,
    onSessionChange,
    askWho,
    signIn,
    signOut,
  }
}
