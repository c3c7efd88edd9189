import { fail, ok, type Result } from '../shared/errors.ts'
import type { CommandInput, CommandOutput } from '../shared/ipc.ts'
import { askWhere, type SaveDialog } from './ask-where.ts'

type Deps = {
  /** Whether a call is up as it is asked for. */
  readonly callUp: boolean
  readonly ask: SaveDialog
  readonly save: (wanted: CommandInput<'case.saveTable'>) => Promise<Result<null>>
}

/** Asks where a table is to stand and has it saved there; not while a call is up. */
export async function saveTable(
  { query, as, name }: CommandInput<'desk.saveTable'>,
  { callUp, ask, save }: Deps,
): Promise<Result<CommandOutput<'desk.saveTable'>>> {
  if (callUp) return fail('illegalTransition', 'call')
  const path = await askWhere(ask, name, as)
  if (path === null) return ok('cancelled')
  const saved = await save({ query, as, path })
  return saved.ok ? ok('saved') : saved
}
