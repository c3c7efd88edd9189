import { create } from 'zustand'
import type { EventData } from '../../../shared/ipc.ts'
import type { DeskSync } from '../../../shared/sync/status.ts'
import { invoke } from '../../ui/bridge.ts'

type Service = { readonly state: 'up' | 'down'; readonly code: string | null }

type SyncStore = {
  readonly sync: DeskSync | null
  readonly services: { readonly store: Service; readonly phone: Service }
  readonly today: {
    readonly answered: number
    readonly missed: number
    readonly repliesOwed: number
    readonly callsOwed: number
  } | null
}

const up: Service = { state: 'up', code: null }

/** What the desk knows of central and of the processes behind it. */
export const useSync = create<SyncStore>()(() => ({ sync: null, services: { store: up, phone: up }, today: null }))

/** Whether the phone is there; while it is not, what the desk shows of it is how it was. */
export function isPhoneUp({ services }: Pick<SyncStore, 'services'>): boolean {
  return services.phone.state === 'up'
}

/** Asks for the sync status and today's figures anew. */
export async function refreshSync(): Promise<void> {
  const [sync, today] = await Promise.all([invoke('sync.status', null), invoke('desk.today', null)])
  if (sync.ok) useSync.setState({ sync: sync.value })
  if (today.ok) useSync.setState({ today: today.value })
}

/** Asks for today's figures anew. */
export async function refreshToday(): Promise<void> {
  const today = await invoke('desk.today', null)
  if (today.ok) useSync.setState({ today: today.value })
}

/** Takes note that a process behind the desk went or came. */
export function noteService({ service, state, code }: EventData<'service.changed'>): void {
  useSync.setState(({ services }) => ({ services: { ...services, [service]: { state, code } } }))
}
