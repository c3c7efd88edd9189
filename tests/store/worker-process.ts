/** The store's process under plain Node: what it says to main and hears from it goes over Node's own channel. */
import type { FromStore, ToStore } from '../../electron/store/keeper.ts'

const parentPort = {
  on: (_event: 'message', hear: (event: { data: ToStore }) => void) =>
    process.on('message', (data) => hear({ data: data as ToStore })),
  postMessage: (message: FromStore) => process.send?.(message),
}
Object.assign(process, { parentPort })
await import('../../electron/store/worker.ts')
