/**
 * N13: how long a call may go on without either side's saying that it still stands (RFC 4028), so that no side keeps a
 * call that the other one has forgotten. Header fields come as SIP.js gives them; nothing is sent from here.
 */

/** What is proposed for a call, in seconds, and the least that is taken (RFC 4028 4, 5: never below 90). */
const SESSION_SECONDS = 1800
export const LEAST_SECONDS = 90
/** Longer than this nothing is waited for: what a timer of the browser can hold is a little more. */
const LONGEST_SECONDS = 2_000_000

/** What both sides agreed on: an interval, and whether the refreshing is ours. */
export type Agreement = { readonly seconds: number; readonly ours: boolean }

type Proposal = { readonly seconds: number; readonly refresher: 'uac' | 'uas' | null }
export type Field = (name: string) => string | undefined

/** `1800;refresher=uac`; null for none, or one that means nothing. */
export function readSessionExpires(value: string | undefined): Proposal | null {
  const [seconds = '', ...parameters] = (value ?? '').split(';').map((part) => part.trim().toLowerCase())
  if (!/^\d{1,9}$/.test(seconds)) return null
  const refresher = parameters
    .map((one) => /^refresher\s*=\s*(uac|uas)$/.exec(one)?.[1])
    .find((one) => one !== undefined)
  return {
    seconds: Math.min(Number(seconds), LONGEST_SECONDS),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null,
  }
}

const knowsTimers = (field: Field) =>
  (field('supported') ?? '').split(',').some((tag) => tag.trim().toLowerCase() === 'timer')

/** The least interval that the other side takes, as it says in a 422 or in a request; null where it says none. */
export function readLeast(field: Field): number | null {
  const least = /^\d{1,9}/.exec(field('min-se')?.trim() ?? '')?.[0]
  return least === undefined ? null : Math.min(Number(least), LONGEST_SECONDS)
}

/** Whether an offer of a call is to be refused with 422: its interval is shorter than what we take (RFC 4028 9). */
export function isTooBrief(field: Field): boolean {
  const proposal = readSessionExpires(field('session-expires'))
  return proposal !== null && proposal.seconds < LEAST_SECONDS && knowsTimers(field)
}

/** What we answer to a request that opens or refreshes a call; null where no timer runs. */
export function answerTo(field: Field): { readonly agreed: Agreement; readonly headers: readonly string[] } | null {
  const proposal = readSessionExpires(field('session-expires'))
  if (proposal === null) return null
  const known = knowsTimers(field)
  const ours = proposal.refresher === 'uas' || !known
  const seconds = Math.max(proposal.seconds, LEAST_SECONDS, readLeast(field) ?? 0)
  const headers = [`Session-Expires: ${seconds};refresher=${ours ? 'uas' : 'uac'}`]
  // RFC 4028 9: what the other side is to do it must know of.
  return { agreed: { seconds, ours }, headers: ours ? headers : [...headers, 'Require: timer'] }
}

/** What the answer to our request agreed on; null where no timer runs (RFC 4028 7.2). */
export function agreedBy(field: Field): Agreement | null {
  const answer = readSessionExpires(field('session-expires'))
  return answer === null ? null : { seconds: answer.seconds, ours: answer.refresher !== 'uas' }
}

/** The header fields of a request that opens a call. */
export const proposal: readonly string[] = [`Session-Expires: ${SESSION_SECONDS}`, `Min-SE: ${LEAST_SECONDS}`]

export type SessionTimer = {
  /** The header fields of our own request, one line each. */
  ask(): readonly string[]
  /** Something was agreed on, or that no timer runs. */
  agree(agreed: Agreement | null): void
  /** The other side takes no less than this. */
  raise(least: number): void
  stop(): void
}

/** `refresh` is asked to offer again; `expired` is told that nobody has refreshed the call in time. */
export function createSessionTimer(on: { refresh(): void; expired(): void }): SessionTimer {
  let agreed: Agreement | null = null
  let least = LEAST_SECONDS
  let end: ReturnType<typeof setTimeout> | undefined
  let next: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(end)
    clearTimeout(next)
  }

  /** At half of what is left (RFC 4028 7.2); one that comes to nothing leaves time for another. */
  function refreshIn(left: number): void {
    if (left < 8) return
    next = setTimeout(
      () => {
        refreshIn(left / 2)
        on.refresh()
      },
      (left / 2) * 1000,
    )
  }

  return {
    ask: () => {
      const role = agreed === null ? '' : `;refresher=${agreed.ours ? 'uac' : 'uas'}`
      const lines = [`Session-Expires: ${Math.max(agreed?.seconds ?? SESSION_SECONDS, least)}${role}`]
      return [...lines, `Min-SE: ${least}`]
    },
    agree: (what) => {
      stop()
      agreed = what
      if (what === null) return
      const { seconds, ours } = what
      // RFC 4028 10: whoever waits for the other's refresh ends the call a little before it is due.
      const early = ours ? 0 : Math.min(32, seconds / 3)
      end = setTimeout(on.expired, (seconds - early) * 1000)
      if (ours) refreshIn(seconds)
    },
    raise: (seconds) => {
      least = Math.max(least, seconds)
    },
    stop,
  }
}
