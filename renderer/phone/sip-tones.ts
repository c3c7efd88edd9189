import { handlerOf, type Leg } from './leg.ts'

const TONE_MS = 160
const TONE_GAP_MS = 70

/** Sends tones (0-9 * # A-D): in the media (RFC 4733), or one INFO each; false where the call cannot. */
export async function sendTones(leg: Leg, tones: string, how: 'rtp' | 'info'): Promise<boolean> {
  if (how === 'rtp') return handlerOf(leg)?.sendDtmf(tones, { duration: TONE_MS, interToneGap: TONE_GAP_MS }) ?? false
  for (const tone of tones) {
    const content = `Signal=${tone}\r\nDuration=${TONE_MS}\r\n`
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
    await leg.session.info({ requestOptions: { body } })
  }
  return true
}
