import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { fail, ok, type ErrorCode, type Failure, type Result } from '../../shared/errors.ts'
import { foldCase, decideCase } from '../../shared/case/decide.ts'
import { seenOf } from '../../shared/case/history.ts'
import { eventWithoutCall } from '../../shared/case/secrecy.ts'
import type { CaseEvent, CallerIdentity } from '../../shared/case/case-record.ts'
import {
  PROTOCOL_VERSION,
  type Article,
  type Change,
  type Mutation,
  type MutationAnswer,
  type SyncRequest,
  type SyncResponse,
} from '../../shared/sync/protocol.ts'
import type { CaseClient } from '../../electron/store/sync/case-client.ts'
import type { CentralClient } from '../../electron/store/sync/central-client.ts'
import { defaultNumberPlan, type NumberPlan } from '../../shared/number-plan.ts'
import type { LedgerClient } from '../../electron/store/sync/ledger-client.ts'
import { noCases, noLedger } from './no-cases.ts'

/** A central in memory for the store's unit tests: the same rules, no network; it can be cut off and lose answers. */
export type FakeCentral = Omit<CentralClient, 'cases' | 'ledger'> & {
  /** Its lists, pages and steps of cases: what a test puts here. */
  cases: CaseClient
  ledger: LedgerClient
  reachable: boolean
  /** Calls of which it knows that the citizen was answered at another desk. */
  readonly answered: Set<string>
  /** How many changes one answer brings at the most. */
  page: number
  /** Decides, then loses the answer on its way. */
  losesAnswers: boolean
  /** What signing in is answered instead. */
  signInFault: Failure | null
  /** What signing out is answered instead. */
  signOutFault: ErrorCode | null
  role: 'operator' | 'monitor'
  /** What it says of numbers at a sign-in. */
  numberPlan: NumberPlan
  /** How long the desk said it would wait for each sign-in; null where it did not. */
  readonly patience: (number | null)[]
  epoch: string
  /** Central's clock. */
  now: number
  /** What it says of its backups. */
  horizon: number | null
  /** Whether it names the newest that it took, as of one file, and looks at nothing of who does not name that. */
  namesLast: boolean
  /** Decides otherwise than the rules: what to answer to a mutation, or null to go by them. */
  judge: (mutation: Mutation) => Verdict | null
  publish(article: Article): void
  /** Publishes an entry of the directory, or withdraws one. */
  list(entry: DirectoryEntry): void
  unlist(id: string): void
  /** Puts anything into the feed, as a central with a bug might. */
  push(change: Change): void
  /** What stands of a case: all its events. */
  eventsOf(caseId: string): readonly CaseEvent[]
  /** Keeps what stands now; what it answers puts that back, under another epoch. */
  backup(): () => void
  readonly applied: Mutation[]
  /** How often it was asked for what is new. */
  asked: number
  /** The stores that asked for a desk code. */
  readonly enrolled: string[]
  /** Whether central knows the device; one that is enrolled after it was unknown is another. */
  knowsDevice: boolean
  /** The credentials that came with something to sync, each once. */
  readonly asDevice: string[]
  /** The public name of an operator's sign-in here. */
  sessionOf(staffNo: string): string
  readonly enrolWell: CentralClient['enrol']
}

export type Verdict = Omit<MutationAnswer, 'id'>

export function createFakeCentral(): FakeCentral {
  let seen = new Map<string, Verdict>()
  let cases = new Map<string, { events: CaseEvent[]; callers: CallerIdentity[]; after: Map<string, number> }>()
  let feed: Change[] = []
  let made = 0

  function apply(mutation: Mutation): Verdict {
    const verdict = central.judge(mutation)
    if (mutation.body.kind !== 'case') return verdict ?? { status: 'applied' }
    const { command, caller } = mutation.body
    const known = cases.get(command.caseId) ?? { events: [], callers: [], after: new Map<string, number>() }
    const record = foldCase(null, command.caseId, known.events)
    const base = !('base' in command)
      ? 0
      : 'revision' in command.base
        ? seenOf(command.base, known.events)
        : (known.after.get(command.base.mutation) ?? 0)
    // What its author had seen is known of a refused one, too.
    known.after.set(mutation.id, base)
    if (verdict !== null) return verdict
    const decided = decideCase(record, command, {
      at: mutation.at,
      by: mutation.author,
      mutation: mutation.id,
      baseRevision: base,
    })
    if (!decided.ok) return { status: 'refused', code: decided.error.code }
    known.events.push(...decided.value)
    if (caller) known.callers.push(caller)
    known.after.set(mutation.id, known.events.length)
    cases.set(command.caseId, known)
    const isSecret = foldCase(record, command.caseId, decided.value)?.secret === true
    feed.push({
      kind: 'case',
      seq: feed.length + 1,
      caseId: command.caseId,
      events: isSecret ? known.events.map(eventWithoutCall) : [...known.events],
      callers: [...known.callers],
    })
    return { status: 'applied' }
  }

  const central: FakeCentral = {
    reachable: true,
    cases: noCases,
    ledger: noLedger,
    answered: new Set(),
    page: Number.POSITIVE_INFINITY,
    losesAnswers: false,
    signInFault: null,
    signOutFault: null,
    role: 'operator',
    numberPlan: defaultNumberPlan,
    patience: [],
    epoch: 'first',
    now: 1_000_000,
    horizon: null,
    namesLast: false,
    judge: () => null,
    eventsOf: (caseId) => cases.get(caseId)?.events ?? [],
    backup: () => {
      const kept = structuredClone({ seen, cases, feed })
      return () => {
        ;({ seen, cases, feed } = structuredClone(kept))
        central.epoch = `${central.epoch} set back`
      }
    },
    applied: [],
    asked: 0,
    enrolled: [],
    publish: (article) => central.push({ kind: 'article', seq: feed.length + 1, article }),
    list: (entry) => central.push({ kind: 'directory', seq: feed.length + 1, entry }),
    unlist: (id) => central.push({ kind: 'directoryWithdrawn', seq: feed.length + 1, id }),
    push: (change) => void feed.push(change),
    knowsDevice: true,
    asDevice: [],
    sessionOf: (staffNo) => `01890a5d-ac96-4000-8000-00000000${staffNo}`,
    enrolWell: () => {
      made += 1
      return Promise.resolve(ok({ deviceId: `desk-${made}`, secret: 'secret', deskCode: 'A1' }))
    },
    enrol: (input) => central.enrolWell(input),
    desk: (_device, storeId) => {
      if (!central.reachable) return Promise.resolve(fail('centralUnreachable'))
      central.enrolled.push(storeId)
      return Promise.resolve(ok('B2'))
    },
    signIn: (_device, { staffNo }, patienceMs) => {
      central.patience.push(patienceMs ?? null)
      if (!central.knowsDevice) return Promise.resolve(fail('deviceUnknown'))
      if (central.signInFault !== null)
        return Promise.resolve(fail(central.signInFault.code, central.signInFault.detail))
      return Promise.resolve(
        ok({
          token: 'token',
          session: central.sessionOf(staffNo),
          expiresAt: 0,
          operator: { staffNo, name: staffNo, role: central.role },
          deskCode: 'A1',
          numberPlan: central.numberPlan,
          line: { extension: staffNo, password: 'x', domain: 'x' },
        }),
      )
    },
    issuer: () => Promise.resolve(fail('notFound')),
    signInByIssuer: () => Promise.resolve(fail('notFound')),
    signOut: () => Promise.resolve(central.signOutFault === null ? ok(null) : fail(central.signOutFault)),
    changePassword: (_token, { old }) =>
      Promise.resolve(
        central.reachable ? (old === 'x' ? ok(null) : fail('wrongPassword')) : fail('centralUnreachable'),
      ),
    ofCaller: () => Promise.resolve(fail('centralUnreachable')),
    answeredCalls: (_device, callIds) =>
      Promise.resolve(
        central.reachable ? ok(callIds.filter((id) => central.answered.has(id))) : fail('centralUnreachable'),
      ),
    sync: (device: string, request: SyncRequest): Promise<Result<SyncResponse>> => {
      central.asked += 1
      if (!central.reachable) return Promise.resolve(fail('centralUnreachable'))
      if (!central.knowsDevice) return Promise.resolve(fail('deviceUnknown'))
      if (!central.asDevice.includes(device)) central.asDevice.push(device)
      const sendAgain = request.epoch !== null && request.epoch !== central.epoch
      if (sendAgain)
        return Promise.resolve(
          ok({
            protocol: 1,
            epoch: central.epoch,
            sendAgain,
            cursor: 0,
            more: true,
            now: 1_000_000,
            last: null,
            horizon: null,
            answers: [],
            changes: [],
          }),
        )
      const newest = () => (central.namesLast ? (central.applied.at(-1)?.id ?? null) : null)
      const inTurn = newest() === null || newest() === request.last
      const answers = (inTurn ? request.mutations : []).map((mutation) => {
        const before = seen.get(mutation.id)
        const result = before ?? apply(mutation)
        if (before === undefined) {
          seen.set(mutation.id, result)
          central.applied.push(mutation)
        }
        return { id: mutation.id, ...result }
      })
      if (central.losesAnswers) return Promise.resolve(fail('centralUnreachable'))
      const from = request.cursor
      return Promise.resolve(
        ok({
          protocol: PROTOCOL_VERSION,
          epoch: central.epoch,
          sendAgain: false,
          cursor: Math.min(feed.length, from + central.page),
          more: from + central.page < feed.length,
          now: central.now,
          last: newest(),
          horizon: central.horizon,
          answers,
          changes: feed.slice(from, from + central.page),
        }),
      )
    },
  }
  return central
}
