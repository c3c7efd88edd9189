import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'

/** A window without Electron: what main sent to it, and what its preload says. */
export function fakeWindow() {
  const sent: unknown[][] = []
  const ipc = new EventEmitter()
  const seen = { crashed: 0, destroyed: false }
  const contents = Object.assign(new EventEmitter(), {
    ipc,
    send: (...words: unknown[]) => void sent.push(words),
    forcefullyCrashRenderer: () => {
      seen.crashed += 1
      contents.emit('render-process-gone', {}, { reason: 'killed' })
    },
  })
  const window = {
    webContents: contents,
    isDestroyed: () => seen.destroyed,
    destroy: () => {
      seen.destroyed = true
      contents.emit('destroyed')
    },
  }
  return {
    window: window as unknown as BrowserWindow,
    contents,
    seen,
    /** What was sent on this channel, without its name. */
    sentOn: (channel: string) => sent.filter(([name]) => name === channel).map((words) => words.slice(1)),
    says: (channel: string, ...words: unknown[]) => void ipc.emit(channel, {}, ...words),
  }
}

/** A clock that beats when the test says so. */
export function fakeEvery() {
  const acts = new Set<() => void>()
  return {
    every: (_ms: number, act: () => void) => {
      acts.add(act)
      return () => void acts.delete(act)
    },
    beat: (times: number) => {
      for (let beat = 0; beat < times; beat += 1) for (const act of acts) act()
    },
    running: () => acts.size,
  }
}
