import { basename } from 'node:path'
import { fail, ok, type Result } from '../shared/errors.ts'
import type { CommandInput, CommandOutput } from '../shared/ipc.ts'

type Deps = {
  /** Whether a call is up as it is asked for. */
  readonly callUp: boolean
  /** The system's dialog, as no child of the desk: a call that comes meanwhile is rung, answered and written down as ever. */
  readonly ask: (options: {
    readonly defaultPath: string
    readonly filters: { readonly name: string; readonly extensions: string[] }[]
  }) => Promise<{ readonly canceled: boolean; readonly filePath: string }>
  readonly save: (wanted: CommandInput<'case.saveTable'>) => Promise<Result<null>>
}

const kinds = { xlsx: 'Excel', csv: 'CSV' } as const

/** Asks where a table is to stand and has it saved there; not while a call is up. */
export async function saveTable(
  { query, as, name }: CommandInput<'desk.saveTable'>,
  { callUp, ask, save }: Deps,
): Promise<Result<CommandOutput<'desk.saveTable'>>> {
  if (callUp) return fail('illegalTransition', 'call')
  const { canceled, filePath } = await ask({
    defaultPath: basename(`${name}.${as}`),
    filters: [{ name: kinds[as], extensions: [as] }],
  })
  if (canceled || filePath === '') return ok('cancelled')
  const saved = await save({ query, as, path: filePath })
  return saved.ok ? ok('saved') : saved
}
