import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../shared/bridge.ts'

type Listener = (data: never) => void
type Server = Parameters<Bridge['serve']>[0]

const listeners = new Map<string, Set<Listener>>()
let server: Server | null = null

ipcRenderer.on('event', (_event, name: string, data: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(data as never)
})

// Answered by the thread that everything in this window runs in: electron/pulse.ts.
ipcRenderer.on('pulse', () => ipcRenderer.send('pulse'))

ipcRenderer.on('request', (_event, id: number, name: Parameters<Server>[0], input: unknown, until: number | null) => {
  // What lay here too long is not done any more: whoever asked was told that nobody answers.
  const stale = until !== null && Date.now() > until
  const answer = server && !stale ? server(name, input) : Promise.resolve({ ok: false, error: { code: 'phoneDown' } })
  void answer.then((result) => ipcRenderer.send('reply', id, result))
})

/** The one bridge of every window: what may pass is decided by main, from shared/ipc.ts. */
const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke('command', name, input),
  on: (name, handle) => {
    const set = listeners.get(name) ?? new Set<Listener>()
    listeners.set(name, set)
    const listener = handle as Listener
    set.add(listener)
    return () => set.delete(listener)
  },
  serve: (handle) => {
    server = handle
    ipcRenderer.send('serving')
  },
  emit: (name, data) => ipcRenderer.send('event', name, data),
}

contextBridge.exposeInMainWorld('sanxin', bridge)
