import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { DeviceState } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'

type DeviceStore = {
  readonly state: DeviceState
  readonly enrolling: boolean
  readonly failure: Failure | null
}

/** Whether this desk may speak to central; a store that cannot say so yet keeps nobody from the sign-in. */
export const useDevice = create<DeviceStore>()(() => ({ state: 'enrolled', enrolling: false, failure: null }))

/** Asks how this desk stands. */
export async function refreshDevice(): Promise<void> {
  const answer = await invoke('device.state', null)
  if (answer.ok) useDevice.setState({ state: answer.value.state })
}

/** Enrols this desk; what was typed stays where it is when it fails. */
export async function enrol(code: string): Promise<void> {
  if (useDevice.getState().enrolling) return
  useDevice.setState({ enrolling: true, failure: null })
  const answer = await invoke('device.enrol', { code })
  if (answer.ok) useDevice.setState({ state: answer.value.state, enrolling: false })
  else useDevice.setState({ enrolling: false, failure: answer.error })
}
