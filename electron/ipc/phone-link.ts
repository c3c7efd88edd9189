import { ipcMain, type BrowserWindow } from 'electron'
import { fail, type Result } from '../../shared/errors.ts'
import type { CommandName } from '../../shared/ipc.ts'
import { afterDeath } from '../after-death.ts'
import { createPending } from './pending.ts'

/** The phone window as an answerer; once started it is opened again whenever its process ends. */
export type PhoneLink = {
  ask(name: CommandName, input: unknown): Promise<Result<unknown>>
  window(): BrowserWindow | null
  start(): void
}

/** `onUp` runs when the phone serves commands, also after each restart; `onDown` when its process is gone. */
export function createPhoneLink(open: () => BrowserWindow, on: { up(): void; down(): void }): PhoneLink {
  const pending = createPending()
  let window: BrowserWindow | null = null
  let serving = false

  ipcMain.on('serving', (event) => {
    if (event.sender !== window?.webContents) return
    serving = true
    on.up()
  })
  ipcMain.on('reply', (event, id: number, result: Result<unknown>) => {
    if (event.sender === window?.webContents) pending.settle(id, result)
  })

  function start(): void {
    if (window !== null) return
    const opened = open()
    const reopen = afterDeath()
    window = opened
    serving = false
    const lost = () => {
      if (window !== opened) return
      serving = false
      window = null
      pending.failAll('phoneDown')
      on.down()
      if (!opened.isDestroyed()) opened.destroy()
      reopen(start)
    }
    opened.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') lost()
    })
  }

  return {
    ask: (name, input) => {
      const target = window
      if (!serving || target === null) return Promise.resolve(fail('phoneDown'))
      return pending.open((id) => target.webContents.send('request', id, name, input))
    },
    window: () => window,
    start,
  }
}
