import type { Database } from 'better-sqlite3'
import { storageFailure } from '../failure.ts'
import type { Mutation, MutationAnswer } from '../../../shared/sync/protocol.ts'

/** Central takes four megabytes a request; a character is at most three bytes of UTF-8. */
const BATCH_CHARS = 400_000

/** A mutation that central did not take, as it was answered. */
export type RefusedMutation = {
  readonly mutation: Mutation
  readonly status: 'refused' | 'quarantined'
  readonly code: string | null
}

export type Outbox = {
  add(mutation: Mutation, now: number): void
  /**
   * The oldest that central has not answered, in the order in which they were made; those of waiting cases last. One that
   * cannot be read any more is set aside, for it must keep no other back.
   */
  pending(limit: number): Mutation[]
  /** Whether anything waits for central. */
  hasPending(): boolean
  pendingOfCase(caseId: string): Mutation[]
  /** The calls of which something is still to be told to central. */
  pendingCalls(): ReadonlySet<string>
  /** All that was done to a case here, whatever became of it, oldest first. */
  ofCase(caseId: string): Mutation[]
  /** What central did not take of what was done to a case here, whoever has dealt with it, oldest first. */
  refusedOfCase(caseId: string): Mutation[]
  /** `at` is when central answered, in ms of its clock. */
  answer(answer: MutationAnswer, at: number): void
  /** Whether this file made it, or knows that central took it. */
  has(id: string): boolean
  /** Central named this as the newest that it took of this file. */
  rememberLast(id: string): void
  /** Central did not answer these yet: their cases wait, and everything else goes first. */
  defer(ids: readonly string[]): void
  waiting(): { waiting: number; waitingSince: number | null }
  /**
   * What central did not take of an author's, or set aside of whoever works at no desk, and nobody has dealt with, oldest
   * first.
   */
  refusedOf(author: string): RefusedMutation[]
  /** What cannot be read any more and nobody has dealt with, whoever made it, `at` in ms; it stays as it is. */
  unreadable(): { readonly id: string; readonly at: number }[]
  /** Whether something that was done to a case here cannot be read any more: what is shown of it is not to be made anew. */
  lacksWordsOf(caseId: string): boolean
  /** Takes mutations off the list of what was refused; they stay in the file till the horizon, and at central. */
  deal(ids: readonly string[], now: number): void
  caseOf(id: string): string | null
  /**
   * Lets go of what central answered before its `horizon`, at most `limit` rows, oldest first, and of no case of which
   * something is still to be sent or dealt with; answers how many. What an older program sent counts from `now` on.
   */
  purge(horizon: number, limit: number, now: number): number
  /** This file speaks for nobody any more: what central took is another's. */
  forgetTaken(): void
  /**
   * Central is another than before (restored, promoted): everything is sent again, for replay is harmless; but
   * not what was refused and its author has dealt with, or her words would stand twice.
   */
  sendAllAgain(): void
}

/** Why a row is set aside here. */
const UNREADABLE = 'unreadable'

/** What central sets aside where nobody who may work at a desk is its author: she may never sit here again (H16.8). */
const authorless: ReadonlySet<string | null> = new Set(['authorMayNot', 'unknownAuthor'])

type Row = { readonly id: string; readonly mutation: string }

/** A mutation as it was written; null where a damaged file gives something else. */
function readMutation({ id, mutation }: Row): Mutation | null {
  try {
    const read = JSON.parse(mutation) as Mutation | null
    return read?.id === id && typeof read.body === 'object' && read.body !== null ? read : null
  } catch {
    return null
  }
}

export function createOutbox(db: Database): Outbox {
  // What an older program wrote names no session.
  const readable = (rows: readonly Row[]): Mutation[] =>
    rows.flatMap((row) => {
      const mutation = readMutation(row)
      return mutation === null ? [] : [{ ...mutation, session: mutation.session ?? null }]
    })
  const add = db.prepare(
    `INSERT INTO outbox (id, case_id, mutation, state, created_at, deferred)
     VALUES (@id, @caseId, @mutation, 'pending', @now,
       EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND state = 'pending' AND deferred))`,
  )
  // In two, for the index gives each of them in order, however much waits.
  const ready = db.prepare<[number], Row>(
    `SELECT id, mutation FROM outbox WHERE state = 'pending' AND NOT deferred ORDER BY seq LIMIT ?`,
  )
  const deferred = db.prepare<[number], Row>(
    `SELECT id, mutation FROM outbox WHERE state = 'pending' AND deferred ORDER BY seq LIMIT ?`,
  )
  function* oldest(limit: number): Generator<Row> {
    let left = limit
    for (const row of ready.iterate(limit)) {
      left -= 1
      yield row
    }
    if (left > 0) yield* deferred.iterate(left)
  }
  // The whole case, so that its own order holds.
  const defer = db.prepare<[string]>(
    `UPDATE outbox SET deferred = 1
     WHERE state = 'pending' AND case_id = (SELECT case_id FROM outbox WHERE id = ?)`,
  )
  const anyPending = db.prepare<[], number>(`SELECT 1 FROM outbox WHERE state = 'pending' LIMIT 1`).pluck()
  const pendingOfCase = db.prepare<[string], Row>(
    // With a bare parameter SQLite plans the sorted look-up anew for each value; the plus keeps one plan, and the index.
    `SELECT id, mutation FROM outbox WHERE case_id = +? AND state = 'pending' ORDER BY seq`,
  )
  const pendingOfCalls = db.prepare<[], Row>(
    `SELECT id, mutation FROM outbox WHERE state = 'pending' AND case_id IS NULL`,
  )
  const ofCase = db.prepare<[string], Row>('SELECT id, mutation FROM outbox WHERE case_id = +? ORDER BY seq')
  const refusedOfCase = db.prepare<[string], Row>(
    `SELECT id, mutation FROM outbox WHERE case_id = +? AND state IN ('refused', 'quarantined') ORDER BY seq`,
  )
  const answer = db.prepare(`UPDATE outbox SET state = @status, code = @code, answered_at = @at WHERE id = @id`)
  const has = db.prepare<[string, string], { id: string }>(
    'SELECT id FROM outbox WHERE id = ? UNION ALL SELECT id FROM named_last WHERE id = ?',
  )
  const rememberLast = db.prepare<[string]>('INSERT INTO named_last (id) VALUES (?) ON CONFLICT DO NOTHING')
  const waiting = db.prepare<[], { n: number; since: number | null }>(
    `SELECT count(*) AS n,
       (SELECT created_at FROM outbox WHERE state = 'pending' ORDER BY seq LIMIT 1) AS since
     FROM outbox WHERE state = 'pending'`,
  )
  // Few stand there: whose they are, and whether they can be read, is looked at one by one.
  const notTaken = db.prepare<[], Row & { state: RefusedMutation['status']; code: string | null; at: number }>(
    `SELECT id, mutation, state, code, created_at AS at FROM outbox
     WHERE state IN ('refused', 'quarantined') AND dealt_at IS NULL ORDER BY seq`,
  )
  const setAside = db.prepare<[string]>(`UPDATE outbox SET state = 'quarantined', code = '${UNREADABLE}' WHERE id = ?`)
  const keptOf = db.prepare<[string], Row>(
    `SELECT id, mutation FROM outbox WHERE case_id = +? AND state IN ('pending', 'quarantined')`,
  )
  function trySetAside(id: string): void {
    try {
      setAside.run(id)
    } catch (error) {
      // A full disk takes nothing: it is left out all the same, and set aside with a later time.
      if (storageFailure(error) === null) throw error
    }
  }
  const deal = db.prepare<[number, string]>('UPDATE outbox SET dealt_at = ? WHERE id = ?')
  const caseOf = db.prepare<[string], { case_id: string | null }>('SELECT case_id FROM outbox WHERE id = ?')
  const again = db.prepare(
    `UPDATE outbox SET state = 'pending', code = NULL, deferred = 0 WHERE state = 'applied' OR dealt_at IS NULL`,
  )
  const open = `(o.state = 'pending' OR (o.state <> 'applied' AND o.dealt_at IS NULL))`
  const purge = db.prepare<[number, number]>(
    `DELETE FROM outbox WHERE seq IN (
       SELECT seq FROM outbox WHERE answered_at < ? AND (state = 'applied' OR dealt_at IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = outbox.case_id AND ${open})
       ORDER BY seq LIMIT ?)`,
  )
  const dateOlder = db.prepare<[number]>(
    `UPDATE outbox SET answered_at = ? WHERE answered_at IS NULL AND state <> 'pending'`,
  )
  const forgetTaken = db.prepare(`DELETE FROM outbox WHERE state = 'applied' OR dealt_at IS NOT NULL`)
  return {
    add: (mutation, now) => {
      const caseId = mutation.body.kind === 'case' ? mutation.body.command.caseId : null
      add.run({ id: mutation.id, caseId, mutation: JSON.stringify(mutation), now })
    },
    pending: (limit) => {
      const rows: Row[] = []
      let size = 0
      for (const row of oldest(limit)) {
        size += row.mutation.length
        if (rows.length > 0 && size > BATCH_CHARS) break
        rows.push(row)
      }
      const read = readable(rows)
      if (read.length === rows.length) return read
      const known = new Set(read.map(({ id }) => id))
      for (const { id } of rows) if (!known.has(id)) trySetAside(id)
      return read
    },
    hasPending: () => (anyPending.get() ?? 0) > 0,
    pendingOfCase: (caseId) => readable(pendingOfCase.all(caseId)),
    pendingCalls: () =>
      new Set(readable(pendingOfCalls.all()).flatMap(({ body }) => (body.kind === 'call' ? [body.fact.callId] : []))),
    ofCase: (caseId) => readable(ofCase.all(caseId)),
    refusedOfCase: (caseId) => readable(refusedOfCase.all(caseId)),
    unreadable: () => notTaken.all().flatMap((row) => (readMutation(row) === null ? [{ id: row.id, at: row.at }] : [])),
    lacksWordsOf: (caseId) => keptOf.all(caseId).some((row) => readMutation(row) === null),
    answer: ({ id, status, code }, at) => void answer.run({ id, status, code: code ?? null, at }),
    has: (id) => has.get(id, id) !== undefined,
    rememberLast: (id) => void rememberLast.run(id),
    defer: (ids) => {
      for (const id of ids) defer.run(id)
    },
    waiting: () => {
      const row = waiting.get()
      return { waiting: row?.n ?? 0, waitingSince: row?.since ?? null }
    },
    refusedOf: (author) =>
      notTaken
        .all()
        .flatMap((row) => readable([row]).map((mutation) => ({ mutation, status: row.state, code: row.code })))
        .filter(({ mutation, code }) => mutation.author === author || authorless.has(code)),
    deal: (ids, now) => {
      for (const id of ids) deal.run(now, id)
    },
    caseOf: (id) => caseOf.get(id)?.case_id ?? null,
    purge: (horizon, limit, now) => {
      dateOlder.run(now)
      return purge.run(horizon, limit).changes
    },
    forgetTaken: () => void forgetTaken.run(),
    sendAllAgain: () => void again.run(),
  }
}
