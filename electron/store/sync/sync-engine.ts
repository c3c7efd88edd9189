import type { Clock } from '../../../shared/ports.ts'
import type { SyncStatus } from '../../../shared/sync/status.ts'
import { loadInitials } from '../../../shared/kb/initials.ts'
import { sqliteFailure } from '../failure.ts'
import type { CentralClient } from './central-client.ts'
import { nextRequest, takeResponse, type ReplicaTables } from './replica.ts'

export type SyncEngine = {
  /** There is something to send or to fetch: now if nothing is under way, else directly afterwards. */
  kick(): void
  signedIn(token: string): void
  signedOut(): void
  status(): SyncStatus
}

/** The engine's way to wait, so that tests need not. */
export type Timers = { after(ms: number, run: () => void): () => void }

type Hooks = { status(status: SyncStatus): void; cases(caseIds: string[]): void }

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 15_000
const IDLE_POLL_MS = 15_000

/**
 * Sends what waits and fetches what is new, one request at a time; while central is away it tries again with
 * a jittered back-off, and the desk goes on with what it has.
 */
export function createSyncEngine(
  tables: ReplicaTables,
  client: CentralClient,
  clock: Clock,
  timers: Timers,
  on: Hooks,
): SyncEngine {
  let token: string | null = null
  let central: SyncStatus['central'] = 'signedOut'
  let unreachableSince: number | null = null
  let retryMs = FIRST_RETRY_MS
  let busy = false
  let again = false
  let cancelTimer = () => {}

  const status = (): SyncStatus => ({
    ...tables.outbox.counts(),
    central,
    unreachableSince,
    articles: tables.articles.count(),
  })

  function setCentral(next: SyncStatus['central']): void {
    unreachableSince = next === 'unreachable' ? (unreachableSince ?? clock.now()) : null
    central = next
  }

  /** One exchange; answers how many ms to wait before the next, or null to wait for a kick. */
  async function exchange(current: string): Promise<number | null> {
    const request = nextRequest(tables)
    const sentAt = clock.now()
    const answer = await client.sync(current, request)
    if (token !== current) return null
    if (!answer.ok) {
      const { code } = answer.error
      setCentral(code === 'notSignedIn' ? 'signedOut' : code === 'protocolMismatch' ? 'incompatible' : 'unreachable')
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
      return retryMs * (0.5 + Math.random() / 2)
    }
    const response = answer.value
    const offset = response.now - (sentAt + clock.now()) / 2
    const initialsOf = response.changes.some(({ kind }) => kind === 'article') ? await loadInitials() : () => ''
    const touched = takeResponse(tables, response, offset, initialsOf)
    retryMs = FIRST_RETRY_MS
    setCentral('reachable')
    if (touched.length > 0) on.cases(touched)
    const madeProgress = response.answers.length > 0
    return response.more || (madeProgress && tables.outbox.counts().waiting > 0) ? 0 : IDLE_POLL_MS
  }

  async function run(): Promise<void> {
    if (token === null) return
    if (busy) {
      again = true
      return
    }
    busy = true
    cancelTimer()
    again = false
    let wait: number | null = LAST_RETRY_MS
    try {
      wait = await exchange(token)
    } catch (error) {
      // A disk that is full takes nothing from central; what was sent is sent again, and the desk goes on.
      if (sqliteFailure(error) === null) throw error
    } finally {
      busy = false
      on.status(status())
      if (again && central === 'reachable') wait = 0
      if (wait !== null) cancelTimer = timers.after(wait, () => void run())
    }
  }

  return {
    kick: () => {
      on.status(status())
      void run()
    },
    signedIn: (fresh) => {
      token = fresh
      setCentral('reachable')
      void run()
    },
    signedOut: () => {
      token = null
      cancelTimer()
      setCentral('signedOut')
      on.status(status())
    },
    status,
  }
}
