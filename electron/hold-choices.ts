import type { CommandName } from '../shared/ipc.ts'
import { fail } from '../shared/errors.ts'
import type { Changeable } from '../shared/operator-may.ts'
import type { Answerer } from './ipc/router.ts'

/** Which commands change what an operator may be kept from; language and theme are the desk's own. */
const changes: Partial<Record<CommandName, Changeable>> = { 'phone.useDevice': 'devices' }

/** The same answerer, which refuses (`forbidden`) what the administrator keeps to himself, whoever asks. */
export function holdChoices(answer: Answerer, may: readonly Changeable[]): Answerer {
  return async (name, input) => {
    const what = changes[name]
    return what === undefined || may.includes(what) ? answer(name, input) : fail('forbidden')
  }
}
