import { handlerOf, type Leg } from './leg.ts'

/** How long a tone and the silence after it are, in ms (RFC 4733 leaves it to the sender; menus want 100 and 40). */
const TONE_MS = 160
const TONE_GAP_MS = 70
/** How much longer than they last tones may take; a call that ends meanwhile never says that they are out. */
const PATIENCE_MS = 1_000
/** How long the answer to an INFO may take. */
const ANSWER_MS = 4_000

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

/** One INFO; whether the other side took it (RFC 6086 4.2.2: 200; 415 where it knows no such body, 469 no such package). */
async function sendInfo({ session }: Leg, tone: string): Promise<boolean> {
  const taken = Promise.withResolvers<boolean>()
  const requestDelegate = { onAccept: () => taken.resolve(true), onReject: () => taken.resolve(false) }
  const content = `Signal=${tone}\r\nDuration=${TONE_MS}\r\n`
  const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
  // The operator waits for it: nobody waits 64*T1 for a tone.
  const patience = setTimeout(() => taken.resolve(false), ANSWER_MS)
  session.info({ requestDelegate, requestOptions: { body } }).catch(() => taken.resolve(false))
  return taken.promise.finally(() => clearTimeout(patience))
}

async function sendAsInfo(leg: Leg, tones: string): Promise<boolean> {
  for (const tone of tones) if (!(await sendInfo(leg, tone))) return false
  return true
}

/** When the tones of a leg that were asked for are out. */
const turns = new WeakMap<Leg, Promise<unknown>>()

/**
 * Sends tones (0-9 * # A-D), in the media or one INFO each, and resolves when they are out, or have been taken; with
 * false where the call cannot, or the other side refused. What is asked for meanwhile waits: tones that are put into the
 * media replace those that are not played yet (WebRTC 7.2, insertDTMF), and a code would be cut short.
 */
export function sendTones(leg: Leg, tones: string, how: 'rtp' | 'info'): Promise<boolean> {
  const send = () => (how === 'rtp' ? sendInMedia(handlerOf(leg)?.peerConnection, tones) : sendAsInfo(leg, tones))
  const sent = (turns.get(leg) ?? Promise.resolve()).then(send)
  turns.set(leg, sent)
  return sent
}
