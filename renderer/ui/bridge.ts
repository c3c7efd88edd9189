import type { Bridge } from '../../shared/bridge.ts'
import { fail, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandName, CommandOutput, EventData, EventName } from '../../shared/ipc.ts'

declare global {
  interface Window {
    readonly sanxin: Bridge
  }
}

/** Asks the rest of the desktop; a road that breaks is an answer too, never an exception. */
export async function invoke<N extends CommandName>(
  name: N,
  input: CommandInput<N>,
): Promise<Result<CommandOutput<N>>> {
  try {
    return await window.sanxin.invoke(name, input)
  } catch {
    return fail('internal', name)
  }
}

/** Listens to an event until the returned function is called. */
export function on<N extends EventName>(name: N, handle: (data: EventData<N>) => void): () => void {
  return window.sanxin.on(name, handle)
}

/** Tells an event that this window is the source of. */
export function emit<N extends EventName>(name: N, data: EventData<N>): void {
  window.sanxin.emit(name, data)
}
