import type { Database } from 'better-sqlite3'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import { chinaDay } from '../../shared/case/case-number.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { answerBy, type CommandName, type EventData, type EventName, type Handlers } from '../../shared/ipc.ts'
import type { Clock, Ids } from '../../shared/ports.ts'
import type { CaseSummary } from '../../shared/sync/protocol.ts'
import { createCaseSaver } from './case-saver.ts'
import { createArticles } from './db/articles.ts'
import { createCalls } from './db/calls.ts'
import { createCases } from './db/cases.ts'
import { createDrafts } from './db/drafts.ts'
import { createMeta } from './db/meta.ts'
import { createOutbox } from './db/outbox.ts'
import { sqliteFailure } from './failure.ts'
import type { CentralClient } from './sync/central-client.ts'
import type { LiveLink } from './sync/live-link.ts'
import type { ReplicaTables } from './sync/replica.ts'
import { createSyncEngine, type Timers } from './sync/sync-engine.ts'

export type StoreDeps = {
  readonly db: Database
  readonly client: CentralClient
  readonly live: (onNews: () => void) => LiveLink
  readonly clock: Clock
  readonly ids: Ids
  readonly timers: Timers
  readonly publish: <N extends EventName>(name: N, data: EventData<N>) => void
}

const SEARCH_HITS = 8
const HISTORY = 20

type SignedIn = { readonly staffNo: string; readonly token: string }

/** The store: everything the desk keeps, and the engine that carries it to central. */
export function createStore({ db, client, live, clock, ids, timers, publish }: StoreDeps) {
  const meta = createMeta(db)
  const drafts = createDrafts(db)
  const calls = createCalls(db)
  const tables: ReplicaTables = {
    db,
    meta,
    outbox: createOutbox(db),
    cases: createCases(db),
    articles: createArticles(db),
  }
  const { outbox, cases, articles } = tables
  let who: SignedIn | null = null

  if (meta.get('storeId') === null) meta.set('storeId', ids.next())
  const storeId = must(meta.get('storeId'), 'storeId')
  /** The desk's time, corrected by what central's clock said last, in ms. */
  const now = () => clock.now() + Number(meta.get('clockOffset') ?? 0)

  const engine = createSyncEngine(tables, client, clock, timers, {
    status: (status) => publish('sync.changed', status),
    cases: (caseIds) => caseIds.forEach((caseId) => publish('case.confirmed', { caseId })),
  })
  const link = live(engine.kick)
  const saveCase = createCaseSaver({ tables, drafts, ids, now })

  function summary(record: CaseRecord): CaseSummary {
    const { caseId, caseNo, state, openedAt, groups } = record
    const callerName = cases.caller(groups.caller.callerId)?.name ?? ''
    return {
      caseId,
      caseNo,
      kind: groups.classification.kind,
      state,
      openedAt,
      content: groups.content.text.slice(0, 80),
      callerName,
    }
  }

  function begin(signedIn: SignedIn): void {
    who = signedIn
    engine.signedIn(signedIn.token)
    link.open(signedIn.token, storeId)
  }

  const handlers: Handlers<'store'> = {
    'store.signIn': async ({ staffNo, password }) => {
      const answer = await client.signIn({ staffNo, password, storeId })
      if (!answer.ok) return answer
      const { token, operator, deskCode, line } = answer.value
      meta.set('deskCode', deskCode)
      meta.set('lastAuthor', operator.staffNo)
      begin({ staffNo: operator.staffNo, token })
      return ok({ operator, deskCode, line, token })
    },
    'store.resume': (signedIn) => {
      begin(signedIn)
      return ok(null)
    },
    'store.signOut': async () => {
      const token = who?.token
      who = null
      // Central is told, and not waited for: it may be away.
      if (token !== undefined) void client.signOut(token)
      engine.signedOut()
      link.close()
      return ok(null)
    },
    'store.status': ({ status, since }) => {
      link.sendStatus(status, since)
      return ok(null)
    },
    'call.record': (fact) => {
      const at = fact.at + (now() - clock.now())
      const author = who?.staffNo ?? meta.get('lastAuthor') ?? ''
      const corrected = { ...fact, at }
      db.transaction(() => {
        if (calls.record(corrected))
          outbox.add({ id: ids.next(), at, author, body: { kind: 'call', fact: corrected } }, now())
      })()
      engine.kick()
      return ok(null)
    },
    'call.unfinished': () => ok(calls.unfinished()),
    'draft.save': (draft) => {
      if (who === null) return fail('notSignedIn')
      const updatedAt = now()
      drafts.save(draft, who.staffNo, updatedAt)
      return ok({ updatedAt })
    },
    'draft.list': () => (who === null ? fail('notSignedIn') : ok(drafts.list(who.staffNo))),
    'draft.discard': ({ caseId }) => {
      if (who === null) return fail('notSignedIn')
      drafts.discard(caseId, who.staffNo)
      return ok(null)
    },
    'case.save': (input) => {
      if (who === null || meta.get('deskCode') === null) return fail('notSignedIn')
      const saved = saveCase(input, who)
      if (saved.ok) engine.kick()
      return saved
    },
    'case.ofCaller': async ({ phone }) => {
      if (who === null) return fail('notSignedIn')
      const own = cases.ofPhone(phone, HISTORY).map(summary)
      const known = await client.ofCaller(who.token, phone)
      if (!known.ok) return ok({ cases: own, complete: false })
      const byId = new Map([...known.value, ...own].map((one) => [one.caseId, one]))
      const all = [...byId.values()].toSorted((a, b) => b.openedAt - a.openedAt)
      return ok({ cases: all.slice(0, HISTORY), complete: true })
    },
    'desk.today': () => {
      const midnight = Date.parse(`${chinaDay(now())}T00:00:00+08:00`)
      const { answered, missed } = calls.countsSince(midnight)
      return ok({ answered, missed, repliesOwed: cases.countInState('toDispatch') })
    },
    'kb.search': ({ query }) => ok(articles.search(query, SEARCH_HITS, chinaDay(now()))),
    'sync.status': () => ok(engine.status()),
  }

  /** Answers one command; what SQLite refuses becomes a code, never a silence. */
  return async (name: CommandName, input: unknown): Promise<Result<unknown>> => {
    try {
      return await answerBy(handlers, name, input)
    } catch (error) {
      const failure = sqliteFailure(error)
      if (failure === null) throw error
      return failure
    }
  }
}
