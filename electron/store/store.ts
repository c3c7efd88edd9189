import type { Database } from 'better-sqlite3'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import { chinaDayNumber, dayBegins } from '../../shared/china-day.ts'
import {
  answerBy,
  type CommandName,
  type EventData,
  type EventName,
  type Handlers,
  type SignedInDesk,
} from '../../shared/ipc.ts'
import type { Clock, Ids, Log, Timers } from '../../shared/ports.ts'
import type { DeskSync, SyncStatus } from '../../shared/sync/status.ts'
import { createAskCentral } from './ask-central.ts'
import { createAnsweredElsewhere } from './answered-elsewhere.ts'
import { createCallCommands } from './call-commands.ts'
import { createCallRecorder } from './call-recorder.ts'
import { createCaseWork } from './case-work.ts'
import { createCaseJoiner } from './case-joiner.ts'
import { createLedgerWork } from './ledger-work.ts'
import { createCaseSaver } from './case-saver.ts'
import { createConflictCommands } from './conflict-commands.ts'
import { createCallBook } from './db/call-book.ts'
import { createCalls } from './db/calls.ts'
import { createDeviceCommands } from './device-commands.ts'
import { createDeskRules } from './desk-rules.ts'
import { createDrafts } from './db/drafts.ts'
import { createDraftCommands } from './draft-commands.ts'
import { createMeta } from './db/meta.ts'
import { createReplicaTables } from './db/replica-tables.ts'
import { createSheetArticles } from './db/sheet-articles.ts'
import { storageFailure } from './failure.ts'
import { becomeStranger, createTidier } from './forget.ts'
import { createIndexTurns } from './index-turns.ts'
import { createKbCommands } from './kb-commands.ts'
import { createKnownOperators } from './known-operators.ts'
import { createLateList } from './late-list.ts'
import { createOwnPassword } from './own-password.ts'
import { createDerive, type Derive } from './password-key.ts'
import { createNumbers, type Numbers } from './numbers.ts'
import { createRefusedList } from './refused-list.ts'
import { createSheetAnswers } from './sheet-answers.ts'
import { createSignIn, type Admitted } from './sign-in.ts'
import type { CentralClient } from './sync/central-client.ts'
import type { LiveLink } from './sync/live-link.ts'
import type { LivePage } from './sync/live-page.ts'
import { createSyncEngine, type SignedIn } from './sync/sync-engine.ts'

export type StoreDeps = {
  readonly db: Database
  readonly client: CentralClient
  readonly live: (onNews: (page: LivePage | null) => void, onLedger: (open: number | null) => void) => LiveLink
  readonly clock: Clock
  readonly ids: Ids
  readonly timers: Timers
  readonly publish: <N extends EventName>(name: N, data: EventData<N>) => void
  readonly log?: Log
  /** How a password becomes a key; scrypt where nothing is said. */
  readonly derive?: Derive
  /** Milliseconds that never go back, of this process where nothing is said. */
  readonly elapsed?: () => number
  /** An exchange with central is over: the log may have grown (`log-beside.ts`); `goesOn` where the next follows at once. */
  readonly exchanged?: (goesOn: boolean) => void
  /** What goes on after its command was answered, and ends by itself: who closes the store waits for it. */
  readonly afterwards?: (work: Promise<void>) => void
}

/** The store: everything the desk keeps, and the engine that carries it to central. */
export function createStore({
  db,
  client,
  live,
  clock,
  ids,
  timers,
  publish,
  log = () => {},
  derive = createDerive(log),
  elapsed = () => performance.now(),
  exchanged = () => {},
  afterwards = () => {},
}: StoreDeps) {
  const meta = createMeta(db)
  const drafts = createDrafts(db)
  const numbers: Numbers = createNumbers(db, meta, () => [cases, calls], log)
  const calls = createCalls(db, numbers.plan)
  const book = createCallBook(db, numbers.plan)
  const tables = createReplicaTables(db, meta, () => numbers.plan().areaCode)
  const { outbox, cases, articles } = tables
  let who: SignedIn | null = null

  // Kept, not set: a store on a full disk must live to say so.
  if (meta.get('storeId') === null) meta.keep('storeId', ids.next())
  const storeId = () => must(meta.get('storeId'), 'storeId')
  /** By how much the desk's clock was wrong, by what central's said last, in ms. */
  const correction = () => Number(meta.get('clockOffset') ?? 0)
  const now = () => clock.now() + correction()

  const known = createKnownOperators({ table: tables.known, meta, derive, now })
  const admission = createSignIn({
    ...{ known, numbers, client, storeId, correction, timers, log, afterwards },
    ...{ machineNow: clock.now, who: () => who },
  })
  const refused = createRefusedList({ tables, drafts, ids, now })
  const late = createLateList({ tables, drafts, ids, now })
  const asTold = (status: SyncStatus): DeskSync => ({
    ...status,
    late: who === null ? 0 : late.count(who.staffNo),
    unindexed: articles.unindexed(),
  })
  const tell = (status: SyncStatus) => publish('sync.changed', asTold(status))
  const deskRules = createDeskRules(tables.ruleTables, () => publish('tables.changed', null), log)
  const rules = deskRules.now
  const sheets = createSheetAnswers(createSheetArticles(db), rules)
  const knowledge = createKbCommands({
    ...{ tables, sheets, calls, drafts, rules, ids, now, who: () => who, kick: () => engine.kick() },
    changed: () => publish('kb.changed', null),
  })
  const indexing = createIndexTurns({ articles, timers, elapsed, progress: () => tell(engine.status()), log })
  const engine = createSyncEngine(tables, client, clock, timers, log, {
    status: (status) => {
      tell(status)
      deskRules.tell()
      knowledge.tell()
      indexing.wake()
    },
    cases: (caseIds) => caseIds.forEach((caseId) => publish('case.confirmed', { caseId })),
    bound: (deskCode) => {
      meta.keep('deskCode', deskCode)
      listen()
    },
    refused: refused.count,
    heard: admission.heard,
    prove: admission.prove,
    proved: (proved) => {
      who = proved
      meta.keep('lastSession', proved.session)
      listen()
      publish('session.proved', proved)
    },
    unproved: admission.state,
    synced: () => {
      admission.synced()
      tidy()
      void askElsewhere()
    },
    exchanged: (goesOn) => {
      // Told of is what goes on now and then only; indexing waits for each page.
      indexing.wake()
      exchanged(goesOn)
    },
    copied: () => {
      becomeStranger(tables, ids)
      link.close()
    },
  })
  const askCentral = createAskCentral(engine)
  const ledger = createLedgerWork({ client, askCentral, who: () => who, publish })
  const link = live(engine.hear, ledger.hear)
  const tidy = createTidier(tables, calls, now, log)
  const askElsewhere = createAnsweredElsewhere({
    ...{ book, meta, outbox, client, log, refused: engine.refused },
    changed: () => tell(engine.status()),
  })
  const saveCase = createCaseSaver({ tables, drafts, rules, ids, now })
  const joinCall = createCaseJoiner({ tables, drafts, rules, ids, now })
  const author = () => who?.staffNo ?? meta.get('lastAuthor') ?? ''
  const sessionOf = (by: string) => (by === meta.get('lastAuthor') ? meta.get('lastSession') || null : null)
  const recorder = createCallRecorder({ db, calls, outbox, ids, now, correction, author, sessionOf })

  /** Hears of news as this device. A file that was made anew is central's only when it has given it a desk code. */
  function listen(): void {
    const device = meta.get('device')
    if (device !== null && meta.get('deskCode') !== null) link.open(device, who?.token ?? null, storeId())
  }

  /** The desk is this device from now on, whoever sits here. */
  function becomeDevice(device: string): void {
    if (meta.get('device') !== device) meta.keep('device', device)
    engine.open(device)
  }

  function begin(signedIn: SignedIn): void {
    who = signedIn
    meta.keep('lastAuthor', signedIn.staffNo)
    meta.keep('lastSession', signedIn.session ?? '')
    engine.signedIn(signedIn)
    listen()
  }

  /** Signs in at this device, and takes in what central, or this desk in its place, says of it. */
  async function enter(ask: (device: string) => Promise<Result<Admitted>>): Promise<Result<SignedInDesk>> {
    const device = meta.get('device')
    if (device === null) return fail('deviceUnknown')
    const asked = storeId()
    const answer = await ask(device)
    if (!answer.ok) {
      // Known to all at once, not with the next exchange.
      if (answer.error.code === 'deviceUnknown') engine.refused()
      return answer
    }
    const { token, session, operator, line } = answer.value
    // Asked as another file than this is by now: its code is not ours to number with.
    if (storeId() !== asked) return fail('deviceUnknown')
    // Nor is what this desk remembers of an earlier sign-in: only central's word for this file counts.
    if (token !== null) meta.keep('deskCode', answer.value.deskCode)
    const deskCode = meta.get('deskCode') ?? ''
    const signedIn = { staffNo: operator.staffNo, token, session }
    begin(signedIn)
    const numberPlan = numbers.plan()
    return ok({ operator, deskCode, numberPlan, line, resume: { ...signedIn, device, numberPlan } })
  }

  /** What she commits here goes to central at once. */
  function sending<T>(commit: (by: SignedIn) => Result<T>): Result<T> {
    if (who === null) return fail('notSignedIn')
    if (meta.get('deskCode') === null) return fail('newDatabase')
    const committed = commit(who)
    if (committed.ok) engine.kick()
    return committed
  }

  const handlers: Handlers<'store'> = {
    ...createDeviceCommands({
      ...{ meta, client, storeId, become: becomeDevice, listen },
      isRefused: () => engine.status().central === 'notEnrolled',
    }),
    'store.signIn': (input) => enter((device) => admission.signIn(device, input)),
    'store.issuer': () => client.issuer(),
    'store.signInByIssuer': (answer) => enter((device) => admission.byIssuer(device, answer)),
    'store.resume': ({ device, numberPlan, ...signedIn }) => {
      numbers.learn(numberPlan)
      // A file that was made anew has forgotten which device this desk is.
      if (device !== null && meta.get('device') === null && meta.get('stranger') !== '1') becomeDevice(device)
      begin(signedIn)
      return ok(null)
    },
    'store.signOut': async () => {
      const left = who
      who = null
      admission.drop()
      if (left !== null) admission.leave(left)
      engine.signedOut()
      // What is unsent goes on, as the desk's.
      listen()
      return ok(null)
    },
    'store.status': ({ status, since }) => {
      link.sendStatus(status, since)
      return ok(null)
    },
    ...createDraftCommands(drafts, () => who, now),
    'case.save': (input) => sending((by) => saveCase(input, by)),
    'case.joinCall': (input) => sending((by) => joinCall(input, by)),
    'desk.today': () => {
      const midnight = dayBegins(chinaDayNumber(now()))
      const { answered, missed } = calls.countsSince(midnight)
      return ok({ answered, missed, repliesOwed: cases.countOwed(), callsOwed: book.owed().length })
    },
    ...createCallCommands({
      ...{ tables, drafts, calls, book, recorder, askElsewhere, now },
      author: () => who?.staffNo ?? null,
      changed: engine.kick,
    }),
    ...ledger.handlers,
    ...knowledge.handlers,
    ...createCaseWork({ tables, rules, client, engine, ask: askCentral, who: () => who, ids, now, publish }),
    ...createOwnPassword({ client, ask: askCentral, known, who: () => who, log }),
    ...createConflictCommands({ refused, late, who: () => who, changed: engine.kick }),
    ...deskRules.handlers,
    'sync.status': () => ok(asTold(engine.status())),
  }

  const device = meta.get('device')
  if (device !== null) {
    becomeDevice(device)
    listen()
  }
  indexing.wake()

  /** Answers one command; what SQLite refuses becomes a code, never a silence. */
  return async (name: CommandName, input: unknown): Promise<Result<unknown>> => {
    try {
      meta.writeOwed()
      return await answerBy(handlers, name, input)
    } catch (error) {
      const failure = storageFailure(error)
      if (failure === null) throw error
      return fail(failure.code, failure.detail)
    }
  }
}
