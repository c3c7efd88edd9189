import type { Database } from 'better-sqlite3'
import type { CallFact, NoMatter } from '../../shared/call/call-fact.ts'
import type { ToldFact } from '../../shared/call/phone-snapshot.ts'
import type { Ids } from '../../shared/ports.ts'
import type { Calls } from './db/calls.ts'
import type { Outbox } from './db/outbox.ts'

type Deps = {
  readonly db: Database
  readonly calls: Calls
  readonly outbox: Outbox
  readonly ids: Ids
  /** The corrected time, and by how much it is corrected. */
  readonly now: () => number
  readonly correction: () => number
  /** Who is signed in, or was last. */
  readonly author: () => string
  /** In which sign-in an author works here, or worked last; null where that is not known. */
  readonly sessionOf: (author: string) => string | null
}

/** Takes the facts of calls; none is refused, each is told to central once. */
export function createCallRecorder({ db, calls, outbox, ids, now, correction, author, sessionOf }: Deps) {
  /** `fact` with its time corrected; `toldAt` its time as the phone told it, null for what is of the store's own making. */
  function add(fact: CallFact, by: string, toldAt: number | null): void {
    if (!calls.record(fact, by, toldAt)) return
    outbox.add({ id: ids.next(), at: fact.at, author: by, session: sessionOf(by), body: { kind: 'call', fact } }, now())
  }

  return {
    /** What the phone saw, by the clock of this machine, told under whoever was signed in then. */
    record: ({ fact, author: by }: ToldFact) =>
      db.transaction(() => add({ ...fact, at: fact.at + correction() }, by || author(), fact.at))(),

    /** The operator's word that a call led to no case. */
    settle: (callId: string, outcome: NoMatter) =>
      db.transaction(() => add({ callId, kind: 'settled', at: now(), outcome, caseId: null }, author(), null))(),

    /** Ends the calls whose end nobody lived to tell, all but those `up`, at the last thing known, which was corrected then. */
    endUnfinished: (up: readonly string[]) =>
      db.transaction(() => {
        for (const call of calls.unfinished()) {
          if (up.includes(call.callId)) continue
          const ended = { kind: 'ended', outcome: 'lost', estimated: true } as const
          add({ ...ended, callId: call.callId, at: call.lastAt }, call.author ?? author(), null)
        }
      })(),
  }
}
