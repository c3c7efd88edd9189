import type { Timers, Clock, Log } from '../../../shared/ports.ts'
import { must, type ErrorCode, type Failure, type Result } from '../../../shared/errors.ts'
import type { SyncStatus } from '../../../shared/sync/status.ts'
import { faultOf } from '../../../shared/fault.ts'
import type { Asked } from '../ends-known.ts'
import { createAsker } from './ask-ahead.ts'
import { isAway, type CentralClient } from './central-client.ts'
import type { LivePage } from './live-page.ts'
import { isCopy, nextRequest, takeResponse } from './exchange.ts'
import { createNowAndThen } from './now-and-then.ts'
import type { ReplicaTables } from './replica.ts'
import { takeLivePage, type Skipped } from './take-changes.ts'

/** Who sits here. `token` is null while central has not let her in; `session` is the public name of her sign-in there. */
export type SignedIn = { readonly staffNo: string; readonly token: string | null; readonly session: string | null }

/** What central gives whom it lets in. */
export type Proof = { readonly token: string; readonly session: string }

export type SyncEngine = {
  /** There is something to send or to fetch: now if nothing is under way, else directly afterwards. */
  kick(): void
  /** Central says that there is something new, and brings it along where it is small. */
  hear(page: LivePage | null): void
  /** The desk speaks to central as this device (`id.secret`), whoever sits here. */
  open(device: string): void
  /** Central has said, elsewhere, that it does not know this device. */
  refused(): void
  signedIn(who: SignedIn): void
  signedOut(): void
  /** Central no longer knows this sign-in; where it is not the one of who sits here by now, that says nothing. */
  sessionOver(whose: SignedIn): void
  status(): SyncStatus
}

type Hooks = {
  status(status: SyncStatus): void
  cases(caseIds: string[]): void
  /** Central gave a file that was made anew its desk code. */
  bound(deskCode: string): void
  /** Signs her in at central who was signed in without it. */
  prove(staffNo: string): Promise<Result<Proof>>
  proved(who: { readonly staffNo: string } & Proof): void
  /** How she who has no token stands. */
  unproved(): Exclude<SyncStatus['signIn'], 'none' | 'central'>
  /** An exchange went through, and central's time was taken over. */
  synced(): void
  /** An exchange is over, whatever became of it; `goesOn` where the next one follows at once. */
  exchanged(goesOn: boolean): void
  /** This file is a copy, or an older state, of one that went on; it speaks for this desk no more. */
  copied(): void
  /** Central said no; by whose sign-in it was asked, where by one. */
  heard(asked: Asked, code: ErrorCode, who?: SignedIn): void
  /** How many refused things stand on the list of who sits here. */
  refused(author: string): number
}

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 15_000
const IDLE_POLL_MS = 15_000
/** While one exchange follows upon the other, how it stands is counted and told no more often. */
const TELL_MS = 250

const stateAfter: Partial<Record<ErrorCode, SyncStatus['central']>> = {
  deviceUnknown: 'notEnrolled',
  protocolMismatch: 'incompatible',
}

/**
 * Sends what waits and fetches what is new, one request at a time, as the device that the desk is: whoever sits here,
 * and when nobody does. While central is away it tries again with a jittered back-off, and the desk goes on.
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
  const asker = createAsker((to, request, onHead) => client.sync(to, request, onHead))
  let device: string | null = null
  let who: SignedIn | null = null
  let over = false
  /** Central took this device to speak for another file: it must bind this one before all else. */
  let unbound = false
  let central: SyncStatus['central'] = 'notEnrolled'
  let unreachableSince: number | null = null
  let more = false
  let retryMs = FIRST_RETRY_MS
  let busy = false
  let again = false
  let cancelTimer = () => {}

  function signInState(): SyncStatus['signIn'] {
    if (who === null) return 'none'
    if (who.token === null) return on.unproved()
    // Her session at central has run out: it wants to know her again.
    return over ? 'passwordWanted' : 'central'
  }

  const status = (): SyncStatus => ({
    ...outbox.waiting(),
    refused: who === null ? 0 : on.refused(who.staffNo),
    central: over && central === 'reachable' ? 'signedOut' : central,
    ...{ unreachableSince, more },
    signIn: signInState(),
    articles: articles.count(),
  })

  function noting(event: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      log(event, faultOf(error))
    }
  }

  // Whoever changed something has done it: that it cannot be counted now must not look like a failure of that.
  const telling = createNowAndThen(() => noting('statusFailed', () => on.status(status())), TELL_MS, clock, timers)
  const tell = telling.now
  /** What is done behind an exchange must not keep the next one back. */
  const exchanged = (goesOn: boolean) => noting('syncFailed', () => on.exchanged(goesOn))

  function setCentral(next: SyncStatus['central']): void {
    unreachableSince = next === 'unreachable' ? (unreachableSince ?? clock.now()) : null
    central = next
  }

  function backOff(): number {
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    return retryMs * (0.5 + Math.random() / 2)
  }

  function failed({ code }: Failure): number {
    unbound = code === 'forbidden'
    on.heard('device', code)
    setCentral(stateAfter[code] ?? 'unreachable')
    return backOff()
  }

  /**
   * Asks central to let her in who sits here without it; null to go on: that central does not want her keeps back
   * nothing of what was done here.
   */
  async function prove(current: SignedIn): Promise<number | null> {
    const given = await on.prove(current.staffNo)
    if (who !== current) return 0
    if (!given.ok) return isAway(given.error) || given.error.code in stateAfter ? failed(given.error) : null
    const proved = { staffNo: current.staffNo, ...given.value }
    who = proved
    on.proved(proved)
    return null
  }

  /** One exchange; answers how many ms to wait before the next, or null to wait for a kick. */
  async function exchange(current: string): Promise<number | null> {
    if (who !== null && who.token === null && on.unproved() === 'offline') {
      const wait = await prove(who)
      if (wait !== null) return wait
      if (device !== current) return null
    }
    if (unbound || meta.get('deskCode') === null) {
      const given = await client.desk(current, must(meta.get('storeId'), 'storeId'))
      if (device !== current) return null
      if (!given.ok) return failed(given.error)
      unbound = false
      on.bound(given.value)
    }
    const request = nextRequest(tables)
    const sentAt = clock.now()
    const asked = asker.ask(current, request)
    const answer = await asked.answer
    if (device !== current) return null
    if (!answer.ok) return failed(answer.error)
    const response = answer.value
    if (isCopy(tables, response)) {
      log('fileCopied', {})
      on.copied()
      device = null
      setCentral('notEnrolled')
      return null
    }
    const offset = asked.early ? null : response.now - (sentAt + clock.now()) / 2
    const touched = takeResponse(tables, request, response, offset, (what, error) =>
      log('changeSkipped', { ...what, ...faultOf(error) }),
    )
    retryMs = FIRST_RETRY_MS
    setCentral('reachable')
    more = response.more
    on.synced()
    if (touched.length > 0) on.cases(touched)
    if (response.more) asker.expect(current, nextRequest(tables))
    const madeProgress = response.answers.length > 0 || response.last !== request.last
    return response.more || (madeProgress && outbox.waiting().waiting > 0) ? 0 : IDLE_POLL_MS
  }

  /** Takes what came along with the sign; false where the desk must ask for what is new. */
  function takePage(page: LivePage | null): boolean {
    // An exchange that is under way has its own answer to take, and may be behind this.
    if (page === null || device === null || busy) return false
    const skipped: Skipped = (what, error) => log('changeSkipped', { ...what, ...faultOf(error) })
    const at = clock.now() + Number(meta.get('clockOffset') ?? 0)
    return takeLivePage(tables, page, at, skipped)
  }

  function hear(page: LivePage | null): void {
    let taken = false
    noting('syncFailed', () => {
      taken = takePage(page)
    })
    if (!taken) return kick()
    exchanged(false)
    tell()
  }

  function kick(): void {
    // Not at once: whoever saved hears of it first, however much waits to be counted and sent.
    timers.after(0, tell)
    if (busy) again = true
    else if (device !== null) runAfter(0)
  }

  function runAfter(ms: number): void {
    cancelTimer()
    cancelTimer = timers.after(ms, () => void run())
  }

  async function run(): Promise<void> {
    if (device === null) return
    if (busy) {
      again = true
      return
    }
    busy = true
    cancelTimer()
    again = false
    const wait = await step(device)
    busy = false
    const goesOn = wait === 0 && central === 'reachable'
    exchanged(goesOn)
    if (goesOn) telling.soon()
    else tell()
    if (wait !== null) runAfter(wait)
  }

  /** One exchange, whatever becomes of it; answers as it does. */
  async function step(current: string): Promise<number | null> {
    const asWhom = who
    try {
      const wait = await exchange(current)
      return again && (central === 'reachable' || who !== asWhom) ? 0 : wait
    } catch (error) {
      // A full disk takes nothing, a bug throws: what was sent is sent again later, and the desk goes on.
      log('syncFailed', faultOf(error))
      return backOff()
    }
  }

  return {
    kick,
    hear,
    open: (credential) => {
      device = credential
      retryMs = FIRST_RETRY_MS
      setCentral('reachable')
      tell()
      void run()
    },
    refused: () => {
      on.heard('device', 'deviceUnknown')
      setCentral('notEnrolled')
      tell()
    },
    signedIn: (fresh) => {
      who = fresh
      over = false
      if (fresh.token === null && on.unproved() === 'offline') setCentral('unreachable')
      tell()
      void run()
    },
    signedOut: () => {
      who = null
      over = false
      tell()
    },
    sessionOver: ({ token }) => {
      if (who === null || who.token !== token) return
      over = true
      on.heard('session', 'notSignedIn', who)
      tell()
    },
    status,
  }
}
