import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { createStoreKeeper, type Hooks, type StoreClient } from './keeper.ts'

const timers = {
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** The store as a process of its own: a query never blocks a window, and a native crash costs one restart. */
export function createStoreClient(env: NodeJS.ProcessEnv, on: Hooks): StoreClient {
  const entry = join(import.meta.dirname, 'store.js')
  return createStoreKeeper(() => utilityProcess.fork(entry, [], { serviceName: 'sanxin-store', env }), timers, on)
}
