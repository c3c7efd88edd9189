import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { fail, type Result } from '../../shared/errors.ts'
import {
  commands,
  events,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type EventData,
  type EventName,
  type Party,
} from '../../shared/ipc.ts'

/** Someone who answers commands: the store, the phone, or main itself. */
export type Answerer = (name: CommandName, input: unknown) => Promise<Result<unknown>>

export type Router = {
  /** Main's own commands to the other parties. */
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>
  /** Sends an event to the parties that its declaration names. */
  publish<N extends EventName>(name: N, data: EventData<N>): void
  /** Main as a listener. */
  on<N extends EventName>(name: N, handle: (data: EventData<N>) => void): void
}

const isCommand = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name)
const isEvent = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(events, name)

/**
 * The one road between the processes: checks who speaks and what is said against shared/ipc.ts, and passes
 * it on. It holds no rules of the field.
 */
export function createRouter(
  answerers: Record<Exclude<Party, 'desk'>, Answerer>,
  contents: (party: Party) => WebContents | null,
): Router {
  /** Which of our windows speaks; a frame inside it, or any other window, is nobody. */
  function senderOf({ sender, senderFrame }: IpcMainInvokeEvent | IpcMainEvent): Party | null {
    if (senderFrame === null || senderFrame !== sender.mainFrame) return null
    return (['desk', 'phone'] as const).find((party) => contents(party) === sender) ?? null
  }

  const own = new Map<EventName, Set<(data: never) => void>>()

  async function route(from: Party, name: unknown, input: unknown): Promise<Result<unknown>> {
    if (!isCommand(name)) return fail('notFound', 'command')
    const spec = commands[name]
    if (!(spec.from as readonly Party[]).includes(from)) return fail('forbidden', name)
    const parsed = spec.input.safeParse(input)
    if (!parsed.success)
      return fail('invalidInput', `${name}: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
    return answerers[spec.to](name, parsed.data)
  }

  function publish<N extends EventName>(name: N, data: EventData<N>): void {
    for (const party of events[name].to as readonly Party[]) {
      if (party === 'main') for (const handle of own.get(name) ?? []) handle(data as never)
      else contents(party)?.send('event', name, data)
    }
  }

  ipcMain.handle('command', (event, name, input) => {
    const from = senderOf(event)
    return from === null ? fail('forbidden', 'sender') : route(from, name, input)
  })
  ipcMain.on('event', (event, name, data) => {
    if (!isEvent(name) || events[name].from !== senderOf(event)) return
    const parsed = events[name].data.safeParse(data)
    if (parsed.success) publish(name, parsed.data as EventData<typeof name>)
  })

  return {
    invoke: async (name, input) => (await route('main', name, input)) as Result<CommandOutput<typeof name>>,
    publish,
    on: (name, handle) => {
      const set = own.get(name) ?? new Set()
      own.set(name, set)
      set.add(handle)
    },
  }
}
