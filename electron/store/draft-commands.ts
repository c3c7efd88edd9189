/** The commands about unfinished cases. */
import { fail, ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Drafts } from './db/drafts.ts'
import type { SignedIn } from './sync/sync-engine.ts'

type DraftHandlers = Pick<Handlers<'store'>, 'draft.save' | 'draft.list' | 'draft.discard'>

/** `now` in ms of central's clock; words are kept under who wrote them, whoever is signed in by then. */
export function createDraftCommands(drafts: Drafts, who: () => SignedIn | null, now: () => number): DraftHandlers {
  return {
    'draft.save': ({ author, ...draft }) => {
      const updatedAt = now()
      return drafts.save(draft, author, updatedAt) ? ok({ updatedAt }) : fail('forbidden', 'author')
    },
    'draft.list': () => {
      const operator = who()
      return operator === null ? fail('notSignedIn') : ok(drafts.list(operator.staffNo))
    },
    'draft.discard': ({ caseId }) => {
      const operator = who()
      if (operator === null) return fail('notSignedIn')
      drafts.discard(caseId, operator.staffNo)
      return ok(null)
    },
  }
}
