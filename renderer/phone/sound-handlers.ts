import { ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Devices } from './devices.ts'

/** The commands of the phone that are about devices, and about no call. */
export type SoundHandlers = Pick<
  Handlers<'phone'>,
  'phone.devices' | 'phone.useDevice' | 'phone.testRing' | 'phone.testMicrophone'
>

type Deps = {
  readonly devices: Devices
  readonly ringOnce: () => void
  readonly microphoneTest: { start(): Promise<void>; stop(): void }
}

export function createSoundHandlers({ devices, ringOnce, microphoneTest }: Deps): SoundHandlers {
  return {
    'phone.devices': () => ok(devices.snapshot()),
    'phone.useDevice': ({ role, name }) => devices.choose(role, name),
    'phone.testRing': () => {
      ringOnce()
      return ok(null)
    },
    'phone.testMicrophone': async ({ on }) => {
      if (!on) microphoneTest.stop()
      else {
        await microphoneTest.start()
        // Names are told only after the microphone was allowed once.
        await devices.look()
      }
      return ok(null)
    },
  }
}
