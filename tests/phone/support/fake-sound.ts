/** A machine whose devices are plugged and pulled by the test, and streams made of notes. */

export class FakeTrack extends EventTarget {
  enabled = true
  readyState: 'live' | 'ended' = 'live'
  readonly from: string
  constructor(from: string) {
    super()
    this.from = from
  }

  stop(): void {
    this.readyState = 'ended'
  }

  pull(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
}

export class FakeStream extends EventTarget {
  readonly tracks: FakeTrack[]
  constructor(from: string) {
    super()
    this.tracks = [new FakeTrack(from)]
  }

  getTracks = () => [...this.tracks]
  getAudioTracks = () => [...this.tracks]
  addTrack(track: FakeTrack): void {
    this.tracks.push(track)
  }

  removeTrack(track: FakeTrack): void {
    this.tracks.splice(this.tracks.indexOf(track), 1)
  }

  /** What it is fed from now. */
  get from(): string {
    return this.tracks.map((track) => track.from).join()
  }
}

type Plugged = Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'> & { readonly groupId?: string }

export function fakeMachine(...plugged: Plugged[]) {
  let devices = plugged
  let refused: string | null = null
  let stuck: Promise<void> = Promise.resolve()
  const listeners: (() => void)[] = []
  const opened: FakeStream[] = []
  const media = {
    enumerateDevices: () => Promise.resolve(devices as MediaDeviceInfo[]),
    addEventListener: (_type: string, listener: () => void) => void listeners.push(listener),
    getUserMedia: ({ audio }: MediaStreamConstraints) => {
      const inputs = devices.filter(({ kind }) => kind === 'audioinput')
      const exact = (audio as { deviceId?: { exact: string } }).deviceId?.exact
      const found = exact === undefined ? inputs[0] : inputs.find(({ deviceId }) => deviceId === exact)
      if (refused !== null) return Promise.reject(new DOMException('', refused))
      if (found === undefined) return Promise.reject(new DOMException('', 'NotFoundError'))
      const stream = new FakeStream(exact === undefined ? `system:${found.label}` : found.label)
      opened.push(stream)
      return stuck.then(() => stream as unknown as MediaStream)
    },
  }
  return {
    media: media as unknown as MediaDevices,
    opened,
    /** Its microphones do not open until the returned function is called. */
    stick: () => {
      const free = Promise.withResolvers<void>()
      stuck = free.promise
      return free.resolve
    },
    refuse: (name: string) => {
      refused = name
    },
    plug: (...next: Plugged[]) => {
      devices = next
      for (const listener of listeners) listener()
      return new Promise<void>((resolve) => setImmediate(resolve))
    },
  }
}

/** `groupId` is one for all entries of the same piece of hardware. */
export const input = (deviceId: string, label: string, groupId = ''): Plugged => ({
  deviceId,
  label,
  groupId,
  kind: 'audioinput',
})
export const output = (deviceId: string, label: string): Plugged => ({ deviceId, label, kind: 'audiooutput' })

export function fakeStorage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
