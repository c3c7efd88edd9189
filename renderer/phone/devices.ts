import { fail, ok, type Result } from '../../shared/errors.ts'
import { soundRoles, type SoundDevices, type SoundRole } from '../../shared/call/sound-devices.ts'

type Media = {
  enumerateDevices(): Promise<readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]>
  addEventListener(type: 'devicechange', listener: () => void): void
}

type Deps = {
  readonly media: Media
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Another device plays this role now. */
  readonly moved: (role: SoundRole) => void
  readonly changed: (devices: SoundDevices) => void
}

export type Devices = {
  snapshot(): SoundDevices
  /** The device of a role now; empty for the system's. */
  idOf(role: SoundRole): string
  /** Chooses a device by its name, null for the system's; a name that nothing has is refused (`notFound`). */
  choose(role: SoundRole, name: string | null): Result<null>
  /** Nobody speaks into the system's microphone of this name any more: one that was pulled is missed until it is back. */
  gone(name: string): void
  /** Looks again: names are told only once the microphone has been allowed. */
  look(): Promise<void>
}

type Named = { readonly id: string; readonly name: string }

/** Chromium's own entries for what the system takes; they name another device beside themselves. */
const standIns = new Set(['default', 'communications', ''])

/** The devices of a kind; two of one name are told apart by a number. */
function named(all: Awaited<ReturnType<Media['enumerateDevices']>>, kind: MediaDeviceKind): Named[] {
  const seen = new Map<string, number>()
  return all
    .filter((device) => device.kind === kind && !standIns.has(device.deviceId) && device.label !== '')
    .map(({ deviceId, label }) => {
      const count = (seen.get(label) ?? 0) + 1
      seen.set(label, count)
      return { id: deviceId, name: count === 1 ? label : `${label} (${count})` }
    })
}

const keyOf = (role: SoundRole) => `device.${role}`

/**
 * Which device plays which role, remembered by name: ids do not outlive a change of the profile or the plug. One that
 * goes is replaced by the system's, and comes back by itself.
 */
export function createDevices({ media, storage, moved, changed }: Deps): Devices {
  let inputs: Named[] = []
  let outputs: Named[] = []
  const wanted = Object.fromEntries(soundRoles.map((role) => [role, storage.getItem(keyOf(role))])) as Record<
    SoundRole,
    string | null
  >
  let pulled: string | null = null
  const playing: Record<SoundRole, string> = { microphone: '', speaker: '', ring: '' }

  const listOf = (role: SoundRole) => (role === 'microphone' ? inputs : outputs)
  const find = (role: SoundRole) => listOf(role).find(({ name }) => name === wanted[role])
  const isMissing = (role: SoundRole) =>
    wanted[role] === null ? role === 'microphone' && pulled !== null : find(role) === undefined
  const snapshot = (): SoundDevices => ({
    microphones: inputs.map(({ name }) => name),
    speakers: outputs.map(({ name }) => name),
    chosen: { ...wanted },
    missing: soundRoles.filter(isMissing),
    pulled,
  })

  function settle(): void {
    for (const role of soundRoles) {
      const id = find(role)?.id ?? ''
      if (id === playing[role]) continue
      playing[role] = id
      moved(role)
    }
    changed(snapshot())
  }

  async function look(): Promise<void> {
    const all = await media.enumerateDevices()
    inputs = named(all, 'audioinput')
    outputs = named(all, 'audiooutput')
    if (inputs.some(({ name }) => name === pulled)) pulled = null
    settle()
  }

  media.addEventListener('devicechange', () => void look())

  return {
    snapshot,
    idOf: (role) => playing[role],
    choose: (role, name) => {
      if (name !== null && !listOf(role).some((device) => device.name === name)) return fail('notFound', role)
      wanted[role] = name
      if (role === 'microphone') pulled = null
      if (name === null) storage.removeItem(keyOf(role))
      else storage.setItem(keyOf(role), name)
      settle()
      return ok(null)
    },
    gone: (name) => {
      pulled = name
      // It may be there all the same.
      void look()
    },
    look,
  }
}
