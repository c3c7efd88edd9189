import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { DeviceState } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'

type DeviceStore = {
  readonly state: DeviceState
  readonly enrolling: boolean
  readonly failure: Failure | null
}

const ENROLLED = 'sanxin.enrolled'

/** Whether this desk may speak to central; a store that cannot say so yet keeps nobody from the sign-in. */
export const useDevice = create<DeviceStore>()(() => ({ state: 'enrolled', enrolling: false, failure: null }))

function note(state: DeviceState): void {
  useDevice.setState({ state })
  localStorage.setItem(ENROLLED, String(state === 'enrolled'))
}

/** Asks how this desk stands. */
export async function refreshDevice(): Promise<void> {
  const answer = await invoke('device.state', null)
  if (answer.ok) note(answer.value.state)
}

/** At the start: one that was enrolled when it was last asked shows the sign-in while its store still opens. */
export async function meetDevice(): Promise<void> {
  const asked = refreshDevice()
  if (localStorage.getItem(ENROLLED) !== 'true') await asked
}

/** Enrols this desk; what was typed stays where it is when it fails. */
export async function enrol(code: string): Promise<void> {
  if (useDevice.getState().enrolling) return
  useDevice.setState({ enrolling: true, failure: null })
  const answer = await invoke('device.enrol', { code })
  useDevice.setState({ enrolling: false, failure: answer.ok ? null : answer.error })
  if (answer.ok) note(answer.value.state)
}
