/**
 * THE desktop contract. Everything that crosses a process border in the desktop is declared once, in `ipc/`:
 * the router in electron/, the bridge in the windows and the store all derive from what is put together here.
 */
import type { z } from 'zod'
import { fail, type Result } from './errors.ts'
import { callCommands } from './ipc/calls.ts'
import { caseCommands, caseEvents } from './ipc/case.ts'
import { caseWorkCommands } from './ipc/case-work.ts'
import { directoryCommands } from './ipc/directory.ts'
import { knowledgeCommands, knowledgeEvents } from './ipc/knowledge.ts'
import { ledgerCommands, ledgerEvents } from './ipc/ledger.ts'
import { phoneCommands, phoneEvents } from './ipc/phone.ts'
import { sessionCommands, sessionEvents } from './ipc/session.ts'
import type { Commands, Events, Party } from './ipc/spec.ts'
import { tableCommands, tableEvents } from './ipc/tables.ts'
import { takeAwayCommands, takeAwayEvents } from './ipc/take-away.ts'
import { workCommands, workEvents } from './ipc/work.ts'

export type { Party } from './ipc/spec.ts'
export { sessionSchema, type AppInfo, type DeviceState, type Session, type SignedInDesk } from './ipc/session.ts'
export type { Draft } from './ipc/case.ts'
export type { Refused } from './ipc/work.ts'

export const commands = {
  ...sessionCommands,
  ...phoneCommands,
  ...callCommands,
  ...directoryCommands,
  ...caseCommands,
  ...caseWorkCommands,
  ...knowledgeCommands,
  ...ledgerCommands,
  ...takeAwayCommands,
  ...tableCommands,
  ...workCommands,
} as const satisfies Commands

export type CommandName = keyof typeof commands
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>

export const events = {
  ...sessionEvents,
  ...phoneEvents,
  ...caseEvents,
  ...tableEvents,
  ...workEvents,
  ...knowledgeEvents,
  ...ledgerEvents,
  ...takeAwayEvents,
} as const satisfies Events

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]['data']>

/** The commands that one party answers. */
export type CommandTo<P extends Party> = {
  [N in CommandName]: (typeof commands)[N]['to'] extends P ? N : never
}[CommandName]

/** One party's answers, one a command: the compiler says which is missing. */
export type Handlers<P extends Party> = {
  readonly [N in CommandTo<P>]: (input: CommandInput<N>) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
}

/** Answers any command by these handlers; the input has been checked by the router before. */
export async function answerBy<P extends Party>(
  handlers: Handlers<P>,
  name: CommandName,
  input: unknown,
): Promise<Result<unknown>> {
  const table: Partial<Record<CommandName, (input: never) => Result<unknown> | Promise<Result<unknown>>>> = handlers
  const handle = table[name]
  return handle === undefined ? fail('notFound', name) : handle(input as never)
}
