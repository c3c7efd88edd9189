/**
 * Carries what is typed to the store, at most WAIT behind the typing, and never lets go of it before the
 * store has said that it is committed.
 *
 *   change ─► timer (WAIT) ─► send ──ok──► saved
 *               ▲              │ ▲
 *               └── a change ──┘ └─ RETRY, or the store is up again ◄──refused── (stalled)
 *
 * D1  A change is sent at most WAIT after it was made, however long the typing goes on.
 * D2  While a save is in flight changes are gathered; the newest goes when it is answered and due.
 * D3  `saved` is said only for the newest change, and only after the answer.
 * D4  A refused save stays and is sent again: when the store is up, after RETRY, or with the next change.
 * D5  What one draft waits for never holds up another.
 */
import type { ErrorCode, Result } from '../../../shared/errors.ts'
import type { CommandInput } from '../../../shared/ipc.ts'

export type DraftContent = CommandInput<'draft.save'>
export type DraftSign = { readonly state: 'saving' | 'saved' | 'stalled'; readonly code: ErrorCode | null }

export type SaverPorts<C> = {
  /** What the words belong to: newer ones under the same name take their place. */
  readonly nameOf: (content: C) => string
  readonly save: (draft: C) => Promise<Result<unknown>>
  readonly show: (name: string, sign: DraftSign) => void
  /** Starts a timer; the answer stops it. */
  readonly after: (ms: number, act: () => void) => () => void
}

export const WAIT = 200
export const RETRY = 2000

type Row<C> = {
  content: C
  version: number
  sent: number
  saved: number
  inFlight: number
  due: boolean
  stop: (() => void) | null
  settle: (() => void)[]
}

/** `C` is what is saved of one thing, of a case where nothing else is said. */
export type DraftSaver<C = DraftContent> = {
  change(content: C): void
  /** Sends at once what still waits: the window loses focus, or goes. */
  flush(): void
  /** The store answers again: sends what it refused. */
  resume(): void
  /** Lets a draft go (it was discarded); resolves when nothing of it is on the way any more. */
  forget(name: string): Promise<void>
  /** What the store has not committed of a draft yet. */
  pending(name: string): C | null
}

/** Makes a saver on the given ports; see the rules D1 to D5 above. */
export function createDraftSaver<C = DraftContent>({ nameOf, save, show, after }: SaverPorts<C>): DraftSaver<C> {
  const rows = new Map<string, Row<C>>()

  const rowOf = (content: C): Row<C> => {
    const known = rows.get(nameOf(content))
    if (known) return known
    const row: Row<C> = { content, version: 0, sent: 0, saved: 0, inFlight: 0, due: false, stop: null, settle: [] }
    rows.set(nameOf(content), row)
    return row
  }

  const disarm = (row: Row<C>) => {
    row.stop?.()
    row.stop = null
  }

  const arm = (row: Row<C>, ms: number) => {
    disarm(row)
    row.stop = after(ms, () => {
      row.stop = null
      if (row.inFlight > 0) row.due = true
      else void send(row)
    })
  }

  async function send(row: Row<C>): Promise<void> {
    const name = nameOf(row.content)
    const version = row.version
    disarm(row)
    row.due = false
    row.sent = version
    row.inFlight += 1
    const answer = await save(row.content)
    row.inFlight -= 1
    if (row.inFlight === 0) for (const done of row.settle.splice(0)) done()
    if (rows.get(name) !== row) return
    if (answer.ok) row.saved = Math.max(row.saved, version)
    if (row.saved === row.version) {
      disarm(row)
      rows.delete(name)
      show(name, { state: 'saved', code: null })
      return
    }
    if (!answer.ok) show(name, { state: 'stalled', code: answer.error.code })
    // What was refused is owed again, whatever becomes of a later save that is still in flight.
    if (row.inFlight > 0) row.due ||= !answer.ok
    else if (answer.ok && row.due) void send(row)
    else if (row.stop === null) arm(row, RETRY)
  }

  return {
    change: (content) => {
      const row = rowOf(content)
      const waiting = row.version > row.sent
      row.content = content
      row.version += 1
      show(nameOf(content), { state: 'saving', code: null })
      // The clock runs from the first change that was not sent: later ones must not push it on (D1).
      if (!waiting) arm(row, WAIT)
    },
    flush: () => {
      for (const row of rows.values()) if (row.version > row.sent) void send(row)
    },
    resume: () => {
      for (const row of rows.values()) if (row.inFlight === 0) void send(row)
    },
    forget: (name) => {
      const row = rows.get(name)
      rows.delete(name)
      if (row) disarm(row)
      if (!row || row.inFlight === 0) return Promise.resolve()
      return new Promise((resolve) => row.settle.push(resolve))
    },
    pending: (name) => rows.get(name)?.content ?? null,
  }
}
