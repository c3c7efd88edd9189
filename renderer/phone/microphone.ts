import type { After } from './auto-answer.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import { systemMicrophone } from './system-microphone.ts'

export type MicrophoneState = PhoneSnapshot['microphone']

export type Microphone = {
  /**
   * Opens the microphone for a call; without one, or where it does not open within two seconds, a silent track, so that
   * the citizen can still be heard. The stream stays the call's while its track changes with the device: `addtrack` is then told on it.
   */
  open(): Promise<MediaStream>
  state(): MicrophoneState
  /** Another microphone is chosen, or one has come or gone: what is open goes on with the right one. */
  renew(): Promise<void>
}

type Deps = {
  readonly media: Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia' | 'addEventListener'>
  /** A stream of silence. */
  readonly silence: () => MediaStream
  /** The chosen device; empty for the system's. */
  readonly chosen: () => string
  /** A microphone has appeared or gone. */
  readonly changed: (state: MicrophoneState) => void
  readonly after: After
  /** The system's one, of this name, was spoken into and is not any more: pulled, or another has taken its place. */
  readonly gone: (name: string) => void
}

/** A stream that was opened, and what it is fed from, as in `Open`. */
type Taken = { readonly stream: MediaStream; readonly from: string | null }

/**
 * What an open stream is fed from: a device, empty for the system's; null for silence, or a device that was pulled.
 * `name` is that of the system's, where it is told: it may be another one from now on.
 */
type Open = { from: string | null; name: string | null; lost: boolean }

/** How long a device may take to open, in ms: somebody waits to be answered meanwhile. */
const OPEN_MS = 2_000

const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/**
 * Packets of silence go out, so that the other side knows the line is up. One source is for all calls: it never ends,
 * and so would stay after each of them.
 */
export function createSilence(context: AudioContext): () => MediaStream {
  let made: MediaStream | null = null
  function make(): MediaStream {
    const source = new ConstantSourceNode(context, { offset: 0 })
    const destination = context.createMediaStreamDestination()
    source.connect(destination)
    source.start()
    return destination.stream
  }
  return () => {
    made ??= make()
    return made.clone()
  }
}

const trackOf = (stream: MediaStream) => stream.getAudioTracks()[0]

export function createMicrophone({ media, silence, chosen, changed, after, gone }: Deps): Microphone {
  let state: MicrophoneState = 'unknown'
  /** What the system takes now. */
  let system: string | null = null
  let renewing = Promise.resolve()
  const streams = new Map<MediaStream, Open>()

  function set(next: MicrophoneState): void {
    if (next === state) return
    state = next
    changed(state)
  }

  async function look(): Promise<void> {
    const devices = await media.enumerateDevices()
    set(devices.some(({ kind }) => kind === 'audioinput') ? 'ready' : 'missing')
    system = systemMicrophone(devices)
    await renew()
  }

  /** The chosen one, else the system's, else silence. */
  async function take(): Promise<Taken> {
    const id = chosen()
    try {
      if (id !== '') {
        const exact = { ...processing, deviceId: { exact: id } }
        const stream = await media.getUserMedia({ audio: exact }).catch(() => null)
        if (stream !== null) {
          set('ready')
          return { stream, from: id }
        }
      }
      const stream = await media.getUserMedia({ audio: processing })
      set('ready')
      return { stream, from: '' }
    } catch (error) {
      set(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing')
      return { stream: silence(), from: null }
    }
  }

  /** What opens in time, else silence, and then what opens later. */
  async function takeSoon(): Promise<{ taken: Taken; later: Promise<Taken> | null }> {
    const opening = take()
    const late = Promise.withResolvers<null>()
    const forget = after(OPEN_MS, () => late.resolve(null))
    const taken = await Promise.race([opening, late.promise])
    forget()
    if (taken !== null) return { taken, later: null }
    set('stuck')
    return { taken: { stream: silence(), from: null }, later: opening }
  }

  /** A track that was stopped says nothing; one whose device was pulled says `ended`. */
  function watch(stream: MediaStream, open: Open): void {
    open.lost = false
    trackOf(stream)?.addEventListener('ended', () => {
      open.lost = true
      // What the system takes instead is told by the devices alone.
      void look()
    })
  }

  const nameOf = (from: string | null) => (from === '' ? system : null)
  /** The system takes another one than when it was opened. */
  const isLeft = ({ from, name }: Open) => from === '' && name !== null && system !== null && name !== system

  const isOver = (stream: MediaStream, { lost }: Open) => !lost && trackOf(stream)?.readyState === 'ended'

  async function renewOne(stream: MediaStream, open: Open): Promise<void> {
    const { taken, later } = await takeSoon()
    put(stream, open, taken)
    void later?.then((late) => put(stream, open, late))
  }

  /** The stream goes on with what was opened. */
  function put(stream: MediaStream, open: Open, taken: Taken): void {
    const fresh = trackOf(taken.stream)
    const before = trackOf(stream)
    // The call may have ended meanwhile; and silence takes the place of nothing but a microphone that is gone.
    if (fresh === undefined || isOver(stream, open) || (taken.from === null && !open.lost)) return fresh?.stop()
    fresh.enabled = before?.enabled ?? true
    if (before !== undefined) stream.removeTrack(before)
    stream.addTrack(fresh)
    const left = open.name
    open.from = taken.from
    open.name = nameOf(taken.from)
    if (left !== null && left !== open.name) gone(left)
    watch(stream, open)
    stream.dispatchEvent(new Event('addtrack'))
    before?.stop()
  }

  /** Whoever stops a track tells nobody: that a call is over is seen when the next one opens. */
  function forgetOver(): void {
    for (const [stream, open] of streams) if (isOver(stream, open)) streams.delete(stream)
  }

  async function renewAll(): Promise<void> {
    forgetOver()
    for (const [stream, open] of streams) {
      if (open.lost || open.from !== chosen() || isLeft(open)) await renewOne(stream, open)
    }
  }

  /** One after the other: each sees what the one before it did. */
  function renew(): Promise<void> {
    renewing = renewing.then(renewAll)
    return renewing
  }

  media.addEventListener('devicechange', () => void look())
  void look()

  return {
    open: async () => {
      const { taken, later } = await takeSoon()
      forgetOver()
      const { stream, from } = taken
      const open: Open = { from, name: nameOf(from), lost: false }
      streams.set(stream, open)
      watch(stream, open)
      void later?.then((late) => put(stream, open, late))
      return stream
    },
    state: () => state,
    renew,
  }
}
