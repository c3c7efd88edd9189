import { must, type ErrorCode, type Failure, type Result } from '../../../shared/errors.ts'
import type { Clock, Log } from '../../../shared/ports.ts'
import type { SyncStatus } from '../../../shared/sync/status.ts'
import { loadInitials } from '../../../shared/kb/initials.ts'
import { faultOf } from '../../../shared/fault.ts'
import { isAway, type CentralClient } from './central-client.ts'
import { nextRequest, takeResponse, type ReplicaTables } from './replica.ts'

/** Who works here; the token is null while central has not let her in. */
export type SignedIn = { readonly staffNo: string; readonly token: string | null }

export type SyncEngine = {
  /** There is something to send or to fetch: now if nothing is under way, else directly afterwards. */
  kick(): void
  signedIn(who: SignedIn): void
  signedOut(): void
  status(): SyncStatus
}

/** The engine's way to wait, so that tests need not. */
export type Timers = { after(ms: number, run: () => void): () => void }

type Hooks = {
  status(status: SyncStatus): void
  cases(caseIds: string[]): void
  /** Central gave a file that was made anew its desk code. */
  enrolled(deskCode: string): void
  /** Signs her in at central who was signed in without it; answers the token. */
  prove(staffNo: string): Promise<Result<string>>
  proved(who: { staffNo: string; token: string }): void
  /** How she who has no token stands. */
  unproved(): Exclude<SyncStatus['signIn'], 'none' | 'central'>
  /** An exchange went through, and central's time was taken over. */
  synced(): void
  /** How many refused things stand on an author's list. */
  refused(author: string): number
}

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 15_000
const IDLE_POLL_MS = 15_000

const stateAfter: Partial<Record<ErrorCode, SyncStatus['central']>> = {
  notSignedIn: 'signedOut',
  protocolMismatch: 'incompatible',
}

/**
 * Sends what waits and fetches what is new, one request at a time; while central is away it tries again with
 * a jittered back-off, and the desk goes on with what it has.
 */
export function createSyncEngine(
  tables: ReplicaTables,
  client: CentralClient,
  clock: Clock,
  timers: Timers,
  log: Log,
  on: Hooks,
): SyncEngine {
  const { meta, outbox, articles } = tables
  let who: SignedIn | null = null
  let central: SyncStatus['central'] = 'signedOut'
  let unreachableSince: number | null = null
  let retryMs = FIRST_RETRY_MS
  let busy = false
  let again = false
  let cancelTimer = () => {}

  function signInState(): SyncStatus['signIn'] {
    if (who === null) return 'none'
    if (who.token === null) return on.unproved()
    // Her session at central has run out: it wants to know her again.
    return central === 'signedOut' ? 'passwordWanted' : 'central'
  }

  const status = (): SyncStatus => ({
    ...outbox.waiting(),
    refused: who === null ? 0 : on.refused(who.staffNo),
    central,
    unreachableSince,
    signIn: signInState(),
    articles: articles.count(),
  })

  /** Whoever changed something has done it: that it cannot be counted now must not look like a failure of that. */
  function tell(): void {
    try {
      on.status(status())
    } catch (error) {
      log('statusFailed', faultOf(error))
    }
  }

  function setCentral(next: SyncStatus['central']): void {
    unreachableSince = next === 'unreachable' ? (unreachableSince ?? clock.now()) : null
    central = next
  }

  function backOff(): number {
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    return retryMs * (0.5 + Math.random() / 2)
  }

  function failed({ code }: Failure): number {
    setCentral(stateAfter[code] ?? 'unreachable')
    return backOff()
  }

  /** Asks central to let her in; answers like an exchange. */
  async function prove(current: SignedIn): Promise<number | null> {
    const given = await on.prove(current.staffNo)
    if (who !== current) return null
    if (given.ok) {
      who = { staffNo: current.staffNo, token: given.value }
      on.proved({ staffNo: who.staffNo, token: given.value })
      return 0
    }
    const wait = failed(given.error)
    if (isAway(given.error) || given.error.code === 'protocolMismatch') return wait
    // Central has spoken: only her password can change its mind.
    setCentral('signedOut')
    return null
  }

  /** One exchange; answers how many ms to wait before the next, or null to wait for a kick. */
  async function exchange(current: SignedIn): Promise<number | null> {
    const { token } = current
    if (token === null) return prove(current)
    if (meta.get('deskCode') === null) {
      const given = await client.desk(token, must(meta.get('storeId'), 'storeId'))
      if (who !== current) return null
      if (!given.ok) return failed(given.error)
      on.enrolled(given.value)
    }
    const request = nextRequest(tables)
    const sentAt = clock.now()
    const answer = await client.sync(token, request)
    if (who !== current) return null
    if (!answer.ok) return failed(answer.error)
    const response = answer.value
    const offset = response.now - (sentAt + clock.now()) / 2
    const initialsOf = response.changes.some(({ kind }) => kind === 'article') ? await loadInitials() : () => ''
    const touched = takeResponse(tables, request, response, offset, initialsOf, (what, error) =>
      log('changeSkipped', { ...what, ...faultOf(error) }),
    )
    retryMs = FIRST_RETRY_MS
    setCentral('reachable')
    on.synced()
    if (touched.length > 0) on.cases(touched)
    const madeProgress = response.answers.length > 0
    return response.more || (madeProgress && outbox.waiting().waiting > 0) ? 0 : IDLE_POLL_MS
  }

  function runAfter(ms: number): void {
    cancelTimer()
    cancelTimer = timers.after(ms, () => void run())
  }

  async function run(): Promise<void> {
    if (who === null) return
    if (busy) {
      again = true
      return
    }
    busy = true
    cancelTimer()
    again = false
    const current = who
    let wait: number | null
    let threw = false
    try {
      wait = await exchange(current)
    } catch (error) {
      // A full disk takes nothing, a bug throws: what was sent is sent again later, and the desk goes on.
      log('syncFailed', faultOf(error))
      threw = true
      wait = backOff()
    }
    busy = false
    tell()
    if (again && (central === 'reachable' || who !== current) && !threw) wait = 0
    if (wait !== null) runAfter(wait)
  }

  return {
    kick: () => {
      tell()
      // Not at once: whoever saved hears of it first, however much waits to be read and sent.
      if (who !== null) runAfter(0)
    },
    signedIn: (fresh) => {
      who = fresh
      setCentral(fresh.token !== null ? 'reachable' : on.unproved() === 'offline' ? 'unreachable' : 'signedOut')
      tell()
      void run()
    },
    signedOut: () => {
      who = null
      cancelTimer()
      setCentral('signedOut')
      tell()
    },
    status,
  }
}
