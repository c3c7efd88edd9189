/** A phone's devices on a machine of the test's, with the microphone that follows them. */
import type { SoundDevices } from '../../../shared/call/sound-devices.ts'
import { createDevices } from '../../../renderer/phone/devices.ts'
import { createMicrophone } from '../../../renderer/phone/microphone.ts'
import { fakeTimers } from './fake-timers.ts'
import { FakeStream, fakeStorage, input, output, type fakeMachine } from './fake-sound.ts'

/** Until what waits for nothing but its turn is done. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
export const builtIn = input('m1', '内置麦克风')
export const headset = input('m2', 'Jabra')
export const headsetEar = output('s2', 'Jabra')
export const loud = output('s1', '音箱')

/** A phone's devices on this machine, with the microphone that follows them. */
export async function openSound(machine: ReturnType<typeof fakeMachine>, storage = fakeStorage()) {
  const timers = fakeTimers()
  const moved: string[] = []
  const told: SoundDevices[] = []
  const devices = createDevices({
    media: machine.media,
    storage,
    moved: (role) => {
      moved.push(role)
      if (role === 'microphone') void microphone.renew()
    },
    changed: (now) => void told.push(now),
  })
  const microphone = createMicrophone({
    media: machine.media,
    silence: () => new FakeStream('silence') as unknown as MediaStream,
    chosen: () => devices.idOf('microphone'),
    changed: () => {},
    after: timers.after,
    gone: (name) => devices.gone(name),
  })
  await devices.look()
  const speak = async () => (await microphone.open()) as unknown as FakeStream
  return { devices, microphone, moved, told, storage, speak, timers }
}
