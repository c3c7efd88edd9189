import { dialog, type BrowserWindow } from 'electron'
import type { CommandInput, Handlers } from '../shared/ipc.ts'
import type { Result } from '../shared/errors.ts'
import { printDesk } from './print-desk.ts'
import { saveTable } from './save-table.ts'

/** What leaves the desk on paper or as a file, where a person says by the system's dialogs. */
export function takeAway(
  desk: () => BrowserWindow | null,
  callUp: () => boolean,
  save: (wanted: CommandInput<'case.saveTable'>) => Promise<Result<null>>,
): Pick<Handlers<'main'>, 'desk.print' | 'desk.saveTable'> {
  return {
    'desk.print': (input) => printDesk(desk(), input),
    'desk.saveTable': (input) =>
      saveTable(input, { callUp: callUp(), ask: (options) => dialog.showSaveDialog(options), save }),
  }
}
