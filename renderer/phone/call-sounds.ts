/** The sound of the calls that are up: a microphone, a loudspeaker and a measure for each, and who hears whom. */
import type { QualityRecord } from '../../shared/call/quality-record.ts'
import type { CallStats } from '../../shared/call/phone-snapshot.ts'
import type { CallMedia, MediaNews } from './call-media.ts'

export type SoundDeps = {
  readonly microphone: { open(): Promise<MediaStream> }
  readonly watch: (callId: string, peer: RTCPeerConnection, sound: MediaStream, on: MediaNews) => CallMedia
  /** Lets two calls hear each other; answers how to part them. */
  readonly join: (one: JoinedCall, other: JoinedCall) => () => Promise<void>
}

export type JoinedCall = { readonly peer: RTCPeerConnection; readonly microphone: MediaStream }

type Hearing = { readonly mic: boolean; readonly ear: boolean }
type Sound = {
  /** Whether somebody has answered: until then nobody hears the operator. */
  open: boolean
  hearing: Hearing
  microphone: MediaStream | null
  peer: RTCPeerConnection | null
  media: CallMedia | null
}

export type CallSounds = {
  /** Opens the microphone for a call that is still `wanted` when it is open; null where it is not. */
  open(callId: string, wanted: () => boolean): Promise<MediaStream | null>
  /** Sound comes before the answer: it is heard, and nobody hears the operator. `flows` is told whether any comes. */
  early(callId: string, peer: RTCPeerConnection, flows: (now: boolean) => void): void
  /** The call stands: it is heard from now on, as far as it may be. */
  begin(callId: string, peer: RTCPeerConnection, confirmed: () => void): void
  hear(callId: string, hearing: Hearing): void
  join(callId: string, besideId: string): void
  split(): void
  /** The call is over; answers how it sounded, where that was measured. */
  release(callId: string): QualityRecord | null
  stats(callId: string): CallStats | null
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

export function createCallSounds({ microphone, watch, join }: SoundDeps): CallSounds {
  const sounds = new Map<string, Sound>()
  let part: (() => Promise<void>) | null = null
  let joined: readonly [string, string] | null = null

  function of(callId: string): Sound {
    const known = sounds.get(callId)
    if (known !== undefined) return known
    const fresh: Sound = { open: false, hearing: { mic: true, ear: true }, microphone: null, peer: null, media: null }
    sounds.set(callId, fresh)
    return fresh
  }

  const heardIn = ({ open, hearing: { mic, ear } }: Sound): Hearing => ({ mic: mic && open, ear })

  function attend(callId: string, peer: RTCPeerConnection, on: MediaNews): void {
    const sound = of(callId)
    if (sound.microphone === null) return
    sound.peer = peer
    sound.media = watch(callId, peer, sound.microphone, on)
    sound.media.hear(heardIn(sound))
  }

  function split(): void {
    void part?.()
    part = null
    joined = null
  }

  function mix(callId: string, besideId: string): void {
    const [one, other] = [of(callId), of(besideId)]
    if (one.peer === null || other.peer === null || one.microphone === null || other.microphone === null) return
    joined = [callId, besideId]
    part = join({ peer: one.peer, microphone: one.microphone }, { peer: other.peer, microphone: other.microphone })
  }

  /** Another microphone: what was mixed of the one before is mixed anew, unless they are parted meanwhile. */
  async function mixAnew(callId: string): Promise<void> {
    const pair = joined
    if (pair === null || !pair.includes(callId)) return
    await part?.()
    if (joined === pair) mix(...pair)
  }

  return {
    open: async (callId, wanted) => {
      const opened = await microphone.open()
      // The citizen may have hung up while the microphone opened.
      if (!wanted()) {
        stop(opened)
        return null
      }
      of(callId).microphone = opened
      opened.addEventListener('addtrack', () => void mixAnew(callId))
      return opened
    },
    early: (callId, peer, flows) => {
      const sound = of(callId)
      if (!sound.open && sound.media === null)
        attend(callId, peer, { answered: false, confirmed: () => undefined, flows })
    },
    begin: (callId, peer, confirmed) => {
      const sound = of(callId)
      sound.open = true
      // What was heard before the answer is no part of how the call sounded.
      sound.media?.release()
      attend(callId, peer, { answered: true, confirmed, flows: () => undefined })
    },
    hear: (callId, hearing) => {
      const sound = of(callId)
      sound.hearing = hearing
      sound.media?.hear(heardIn(sound))
    },
    join: (callId, besideId) => {
      split()
      mix(callId, besideId)
    },
    split,
    release: (callId) => {
      const sound = sounds.get(callId)
      sounds.delete(callId)
      const measured = sound?.media?.release() ?? null
      if (sound?.microphone) stop(sound.microphone)
      return sound?.open === true ? measured : null
    },
    stats: (callId) => sounds.get(callId)?.media?.stats() ?? null,
  }
}
