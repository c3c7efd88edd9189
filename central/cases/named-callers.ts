/** Who a command says called, and whether its author may say so: who she is, and whom she names (R6.8, K10.5). */
import type { CallerIdentity, CaseEvent, CaseRecord } from '../../shared/case/case-record.ts'
import { callersOf } from '../../shared/case/callers-of.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { seesReporter, type Looker } from '../../shared/people/sees-reporter.ts'
import type { CallerBook } from './caller-book.ts'

type Said = {
  readonly by: string
  /** The author, where she is known to be who she says. */
  readonly known: Looker | null
  readonly command: CaseCommand
  readonly caller: CallerIdentity | null
}
type Stands = {
  readonly record: CaseRecord | null
  readonly stored: readonly { readonly event: CaseEvent; readonly storeId: string | null }[]
}

/** Whether its author is certainly one who may know who raised a case. */
export const isKnownToKnow = ({ openedBy }: CaseRecord, { known }: Pick<Said, 'known'>): boolean =>
  known !== null && seesReporter({ secret: true, openedBy }, known)

/**
 * Whether its author is taken for who she says: central knows her, or the words come from the desk where the case was
 * opened, as hers do that she wrote while central was away. By a name alone anybody might find out who reports something.
 */
export const isBelieved = (
  { stored }: Pick<Stands, 'stored'>,
  { known }: Pick<Said, 'known'>,
  storeId: string,
): boolean => known !== null || stored[0]?.storeId === storeId

/** The identities that a command names. */
export function namedCallers(command: CaseCommand): string[] {
  if ('groups' in command) return [command.groups.caller.callerId]
  if (command.type !== 'case.edit') return []
  return command.edits.flatMap((edit) => (edit.group === 'caller' ? [edit.value.callerId] : []))
}

/**
 * Whether a command writes into the identity of a stranger, or names one: each case has identities of its own, and each
 * call about it a new one, or who reports something would be known to whoever takes her into another case (R6.8).
 */
export function namesStranger(stands: Stands, input: Said, callers: CallerBook, storeId: string): boolean {
  const { stored, record } = stands
  const { command, caller, by } = input
  const named = namedCallers(command)
  // Nor into that of who reports something, where she may not know her (K10.5).
  const isTaker = record?.openedBy === by && isBelieved(stands, input, storeId)
  const isHidden = record?.secret === true && !isTaker && !isKnownToKnow(record, input)
  if (isHidden && command.type !== 'case.call' && caller !== null && callers.stands(caller.callerId)) return true
  if (caller !== null && ![record?.groups.caller.callerId, ...named].includes(caller.callerId)) return true
  const own = () => callersOf(stored.flatMap(({ event }) => (event.type === 'callJoined' ? [] : [event])))
  const isOwn = (id: string) => command.type !== 'case.call' && own().includes(id)
  return named.some((id) => callers.stands(id) && !isOwn(id))
}
