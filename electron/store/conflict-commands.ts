import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandOutput, Handlers } from '../../shared/ipc.ts'
import type { createLateList } from './late-list.ts'
import type { createRefusedList } from './refused-list.ts'
import type { SignedIn } from './sync/sync-engine.ts'

type Name =
  | 'sync.refused'
  | 'sync.takeBack'
  | 'sync.dismiss'
  | 'sync.late'
  | 'case.settle'
  | 'case.standing'
  | 'draft.follow'

type Deps = {
  readonly refused: ReturnType<typeof createRefusedList>
  readonly late: ReturnType<typeof createLateList>
  readonly who: () => SignedIn | null
  /** Something is to be sent, or to be said anew. */
  readonly changed: () => void
}

/** The commands by which the operator deals with what central or a colleague said otherwise; each needs her name. */
export function createConflictCommands({ refused, late, who, changed }: Deps): Pick<Handlers<'store'>, Name> {
  /** Runs `act` as whoever sits here. */
  function asHer<N extends Name>(act: (input: CommandInput<N>, author: SignedIn) => Result<CommandOutput<N>>) {
    return (input: CommandInput<N>): Result<CommandOutput<N>> => {
      const author = who()
      return author === null ? fail('notSignedIn') : act(input, author)
    }
  }
  /** Whatever came of it, what waits and what is on the lists is told anew. */
  function telling<T>(result: Result<T>): Result<T> {
    changed()
    return result
  }
  return {
    'sync.refused': asHer<'sync.refused'>((_, { staffNo }) => ok(refused.list(staffNo))),
    'sync.takeBack': asHer<'sync.takeBack'>(({ id }, { staffNo }) => telling(refused.takeBack(id, staffNo))),
    'sync.dismiss': asHer<'sync.dismiss'>(({ id }, { staffNo }) => telling(refused.dismiss(id, staffNo))),
    'sync.late': asHer<'sync.late'>((_, { staffNo }) => ok(late.list(staffNo))),
    'case.settle': asHer<'case.settle'>((input, author) => telling(late.settle(input, author))),
    'case.standing': asHer<'case.standing'>(({ caseId }, { staffNo }) => ok(late.standing(caseId, staffNo))),
    'draft.follow': asHer<'draft.follow'>((input, { staffNo }) => {
      late.follow(input, staffNo)
      return ok(null)
    }),
  }
}
