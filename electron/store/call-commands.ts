import { SHIFT_MS } from '../../shared/call/call-book.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { CallBook } from './db/call-book.ts'
import type { Drafts } from './db/drafts.ts'
import { createDirectoryCommands } from './directory-commands.ts'
import { reopenCase } from './reopen.ts'
import type { ReplicaTables } from './sync/replica.ts'

type Deps = {
  readonly tables: ReplicaTables
  readonly drafts: Drafts
  readonly book: CallBook
  /** Who is signed in; null while nobody is. */
  readonly author: () => string | null
  /** Asks central who was answered elsewhere (B8). */
  readonly askElsewhere: () => Promise<void>
  readonly now: () => number
}

type Answered = 'call.shift' | 'call.nextOwed' | 'draft.reopen' | 'directory.search' | 'directory.star'

/** What an operator asks of the calls of her shift, of a case that she finds there, and of whom she may call. */
export function createCallCommands({
  tables,
  drafts,
  book,
  author,
  askElsewhere,
  now,
}: Deps): Pick<Handlers<'store'>, Answered> {
  return {
    ...createDirectoryCommands(tables.directory, author),
    'call.shift': () => {
      const by = author()
      return by === null ? fail('notSignedIn') : ok(book.shift(by, now() - SHIFT_MS))
    },
    'call.nextOwed': async () => {
      if (author() === null) return fail('notSignedIn')
      await askElsewhere()
      return ok(book.owed()[0] ?? null)
    },
    'draft.reopen': ({ caseId }) => {
      const by = author()
      return by === null ? fail('notSignedIn') : reopenCase(tables, drafts, caseId, { author: by, now: now() })
    },
  }
}
