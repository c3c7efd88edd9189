import { SHIFT_MS } from '../../shared/call/call-book.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { CommandTo, Handlers } from '../../shared/ipc.ts'
import type { createCallRecorder } from './call-recorder.ts'
import type { CallBook } from './db/call-book.ts'
import type { Calls } from './db/calls.ts'
import type { Drafts } from './db/drafts.ts'
import { createDirectoryCommands } from './directory-commands.ts'
import { reopenCase } from './reopen.ts'
import { shownCall } from './shown-caller.ts'
import type { ReplicaTables } from './sync/replica.ts'

type Deps = {
  readonly tables: ReplicaTables
  readonly drafts: Drafts
  readonly calls: Calls
  readonly book: CallBook
  readonly recorder: ReturnType<typeof createCallRecorder>
  /** Who is signed in; null while nobody is. */
  readonly author: () => string | null
  /** Asks central who was answered elsewhere (B8). */
  readonly askElsewhere: () => Promise<void>
  readonly now: () => number
  /** There is something to send. */
  readonly changed: () => void
}

type Answered = Extract<CommandTo<'store'>, `call.${string}` | `directory.${string}`> | 'draft.reopen'

/** What is told of calls, and what an operator asks of those of her shift, of a case that she finds there, and of whom she may call. */
export function createCallCommands({
  tables,
  drafts,
  calls,
  book,
  recorder,
  author,
  askElsewhere,
  now,
  changed,
}: Deps): Pick<Handlers<'store'>, Answered> {
  return {
    ...createDirectoryCommands(tables.directory, author),
    'call.record': (told) => {
      recorder.record(told)
      changed()
      return ok(null)
    },
    'call.settle': ({ callId, outcome }) => {
      recorder.settle(callId, outcome)
      changed()
      return ok(null)
    },
    'call.endUnfinished': ({ up }) => {
      recorder.endUnfinished(up)
      changed()
      return ok(null)
    },
    'call.marks': ({ callId }) => ok(calls.marks(callId)),
    'call.shift': () => {
      const by = author()
      if (by === null) return fail('notSignedIn')
      return ok(book.shift(by, now() - SHIFT_MS).map((call) => shownCall(tables.cases, call, by)))
    },
    'call.nextOwed': async () => {
      const by = author()
      if (by === null) return fail('notSignedIn')
      await askElsewhere()
      const next = book.owed()[0]
      return ok(next === undefined ? null : shownCall(tables.cases, next, by))
    },
    'draft.reopen': ({ caseId }) => {
      const by = author()
      return by === null ? fail('notSignedIn') : reopenCase(tables, drafts, caseId, { author: by, now: now() })
    },
  }
}
