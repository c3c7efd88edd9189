import type { BrowserWindow } from 'electron'
import { fail, type Result } from '../../shared/errors.ts'
import { commands, type CommandName, type Party } from '../../shared/ipc.ts'
import { afterDeath } from '../after-death.ts'
import { watchPulse } from '../pulse.ts'
import type { Every } from '../timers.ts'
import { createPending } from './pending.ts'

/** The phone window as an answerer; once started it is opened again whenever its process ends. */
export type PhoneLink = {
  ask(name: CommandName, input: unknown): Promise<Result<unknown>>
  window(): BrowserWindow | null
  start(): void
}

/** What the phone does for a person is stale after so many ms: by then she was told that it does not answer. */
const STALE_MS = 5_000

const isAct = (name: CommandName) => (commands[name].from as readonly Party[]).includes('desk')

/**
 * `up` runs when the phone serves commands, also after each restart; `down` when its process is gone. While it hangs
 * (`hangs`, `back`) nothing waits for it: whoever asks is told `phoneDown`. One that does not come back is ended.
 */
export function createPhoneLink(
  open: () => BrowserWindow,
  every: Every,
  on: { up(): void; down(): void; hangs(): void; back(): void },
): PhoneLink {
  const pending = createPending()
  let window: BrowserWindow | null = null
  let serving = false
  let hanging = false

  function start(): void {
    if (window !== null) return
    const opened = open()
    const contents = opened.webContents
    const reopen = afterDeath()
    window = opened
    serving = false
    hanging = false
    contents.ipc.on('serving', () => {
      serving = true
      on.up()
    })
    contents.ipc.on('reply', (_event, id: number, result: Result<unknown>) => pending.settle(id, result))
    const lost = () => {
      if (window !== opened) return
      serving = false
      window = null
      pending.failAll('phoneDown')
      on.down()
      if (!opened.isDestroyed()) opened.destroy()
      reopen(start)
    }
    contents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') lost()
    })
    watchPulse(contents, every, {
      hangs: () => {
        hanging = true
        pending.failAll('phoneDown')
        on.hangs()
      },
      back: () => {
        hanging = false
        on.back()
      },
      givenUp: () => contents.forcefullyCrashRenderer(),
    })
  }

  return {
    ask: (name, input) => {
      const target = window
      if (!serving || hanging || target === null) return Promise.resolve(fail('phoneDown'))
      const until = isAct(name) ? Date.now() + STALE_MS : null
      return pending.open((id) => target.webContents.send('request', id, name, input, until))
    },
    window: () => window,
    start,
  }
}
