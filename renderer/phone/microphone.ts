import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'

export type MicrophoneState = PhoneSnapshot['microphone']

export type Microphone = {
  /** Opens the microphone for a call; without one, a silent track, so that the citizen can still be heard. */
  open(): Promise<MediaStream>
  state(): MicrophoneState
}

const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
}

/** Packets of silence go out, so that the other side knows the line is up. */
function silence(context: AudioContext): MediaStream {
  const source = new ConstantSourceNode(context, { offset: 0 })
  const destination = context.createMediaStreamDestination()
  source.connect(destination)
  source.start()
  return destination.stream
}

/** `onChange` runs when a microphone appears or goes. */
export function createMicrophone(context: AudioContext, onChange: (state: MicrophoneState) => void): Microphone {
  let state: MicrophoneState = 'unknown'

  function set(next: MicrophoneState): void {
    if (next === state) return
    state = next
    onChange(state)
  }

  async function look(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices()
    set(devices.some(({ kind }) => kind === 'audioinput') ? 'ready' : 'missing')
  }

  navigator.mediaDevices.addEventListener('devicechange', () => void look())
  void look()

  return {
    open: async () => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(constraints)
        set('ready')
        return stream
      } catch (error) {
        set(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing')
        return silence(context)
      }
    },
    state: () => state,
  }
}
