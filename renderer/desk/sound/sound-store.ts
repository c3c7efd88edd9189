import { create } from 'zustand'
import type { SoundDevices, SoundRole } from '../../../shared/call/sound-devices.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { EventData } from '../../../shared/ipc.ts'
import { invoke, on } from '../../ui/bridge.ts'

type SoundStore = {
  readonly devices: SoundDevices | null
  /** The last word of how the call that is spoken with sounds. */
  readonly quality: EventData<'phone.quality'> | null
  /** Why the last choice was not taken. */
  readonly failure: ErrorCode | null
}

const fresh: SoundStore = { devices: null, quality: null, failure: null }

/** What is heard at this desk, from which device, and how well. */
export const useSound = create<SoundStore>()(() => fresh)

/** Listens to the phone until the returned function is called; what stood before is forgotten, as the phone may be a new one. */
export function followSound(): () => void {
  useSound.setState(fresh)
  const ends = [
    on('phone.devicesChanged', (devices) => useSound.setState({ devices })),
    on('phone.quality', (quality) => useSound.setState({ quality })),
  ]
  void invoke('phone.devices', null).then((answer) => {
    if (answer.ok) useSound.setState({ devices: answer.value })
  })
  return () => ends.forEach((end) => end())
}

/** Takes another device, null for the system's. */
export async function chooseDevice(role: SoundRole, name: string | null): Promise<void> {
  useSound.setState({ failure: null })
  const answer = await invoke('phone.useDevice', { role, name })
  if (!answer.ok) useSound.setState({ failure: answer.error.code })
}

/** The numbers of a call, where they are of this call. */
export function qualityOf({ quality }: SoundStore, callId: string | null): EventData<'phone.quality'> | null {
  return quality !== null && quality.callId === callId ? quality : null
}
