import { rename, writeFile } from 'node:fs/promises'
import { dialog, type BrowserWindow } from 'electron'
import { fail, ok, type Result } from '../shared/errors.ts'
import { askWhere } from './ask-where.ts'

export type PrintOutcome = 'printed' | 'saved' | 'cancelled' | 'noPrinter'

/** What Chromium says when the person closes the system's dialog, and when there is nothing to print on. */
const CANCELLED = /cancel/i
const NO_PRINTER = /no .*printer|invalid printer|failed to get/i

/** Prints what the desk has laid out for paper, by the system's dialog. */
function toPrinter(window: BrowserWindow): Promise<Result<PrintOutcome>> {
  return new Promise((resolve) => {
    window.webContents.print({ pageSize: 'A4' }, (success, reason) => {
      if (success) resolve(ok('printed'))
      else if (CANCELLED.test(reason)) resolve(ok('cancelled'))
      else resolve(NO_PRINTER.test(reason) ? ok('noPrinter') : fail('internal', 'print'))
    })
  })
}

/** Saves it as a PDF where the person says; under the final name stands a whole file or none. */
async function toFile(window: BrowserWindow, name: string): Promise<Result<PrintOutcome>> {
  // As it stands now: while she chooses a file the desk goes on, and may show another case.
  const pdf = await window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true }).catch(() => null)
  if (pdf === null) return fail('internal', 'print')
  const path = await askWhere((options) => dialog.showSaveDialog(options), name, 'pdf')
  if (path === null) return ok('cancelled')
  try {
    await writeFile(`${path}.part`, pdf, { mode: 0o600 })
    await rename(`${path}.part`, path)
  } catch {
    return fail('diskFailed', 'pdf')
  }
  return ok('saved')
}

/** Brings the page of the case that is open onto paper; `name` is what a file is called as a suggestion. */
export function printDesk(
  window: BrowserWindow | null,
  { as, name }: { readonly as: 'paper' | 'file'; readonly name: string },
): Promise<Result<PrintOutcome>> {
  if (window === null || window.isDestroyed()) return Promise.resolve(fail('internal', 'desk'))
  return as === 'paper' ? toPrinter(window) : toFile(window, name)
}
