import { handlerOf, type Leg } from './leg.ts'

/** How long a tone and the silence after it are, in ms (RFC 4733 leaves it to the sender; menus want 100 and 40). */
const TONE_MS = 160
const TONE_GAP_MS = 70
/** How much longer than they last tones may take; a call that ends meanwhile never says that they are out. */
const PATIENCE_MS = 1_000

/**
 * Sends tones in the media of a call (RFC 4733) and resolves when they are out: true, or false where it cannot. What is
 * done next (putting the citizen through, say) does not cut them off then.
 */
async function sendInMedia(peer: RTCPeerConnection | undefined, tones: string): Promise<boolean> {
  const sender = peer?.getSenders()[0]?.dtmf ?? null
  if (sender === null || !sender.canInsertDTMF) return false
  const out = Promise.withResolvers<boolean>()
  const patience = setTimeout(() => out.resolve(true), tones.length * (TONE_MS + TONE_GAP_MS) + PATIENCE_MS)
  const onTone = ({ tone }: RTCDTMFToneChangeEvent) => {
    if (tone === '') out.resolve(true)
  }
  sender.addEventListener('tonechange', onTone)
  try {
    sender.insertDTMF(tones, TONE_MS, TONE_GAP_MS)
    return await out.promise
  } catch {
    return false
  } finally {
    clearTimeout(patience)
    sender.removeEventListener('tonechange', onTone)
  }
}

/**
 * Sends tones (0-9 * # A-D), in the media or one INFO each, and resolves when they are out; with false where the call
 * cannot.
 */
export async function sendTones(leg: Leg, tones: string, how: 'rtp' | 'info'): Promise<boolean> {
  if (how === 'rtp') return sendInMedia(handlerOf(leg)?.peerConnection, tones)
  for (const tone of tones) {
    const content = `Signal=${tone}\r\nDuration=${TONE_MS}\r\n`
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
    try {
      await leg.session.info({ requestOptions: { body } })
    } catch {
      return false
    }
  }
  return true
}
