import type { Result } from './errors.ts'
import type { CommandInput, CommandName, CommandOutput, EventData, EventName } from './ipc.ts'

/** What a window sees of the rest of the desktop, as `window.sanxin`; a command always answers, never throws. */
export type Bridge = {
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>
  /** Listens to an event until the returned function is called. */
  on<N extends EventName>(name: N, handle: (data: EventData<N>) => void): () => void
  /** The phone's side of a command: answers those addressed to this window. */
  serve(handle: (name: CommandName, input: unknown) => Promise<Result<unknown>>): void
  /** Sends an event that this window is the source of. */
  emit<N extends EventName>(name: N, data: EventData<N>): void
}
