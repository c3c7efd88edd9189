import type { SipFault } from '../../../renderer/phone/check-sip-message.ts'

/**
 * One of the 49 messages of RFC 4475, by the name that the RFC gives it, as it would come in a WebSocket frame.
 * `fate`: the guard drops it for that fault, or SIP.js gets it (`taken`); `answer`: the status that goes back, null
 * where nothing does.
 */
export type Torture = {
  readonly name: string
  readonly section: string
  readonly fate: SipFault | 'taken'
  readonly answer: number | null
  readonly text: string
}

/** Lines of a template as they go on the wire. */
export function wire(head: string, body = ''): string {
  return [head.replace(/^\n|\n$/g, ''), '', body].join('\n').replaceAll('\n', '\r\n')
}

/** The description that most of the RFC's messages carry: plain RTP, which the phone never takes. */
export function plainOffer(origin: string, connection = origin, time = '0 0', subject = 's=-\n'): string {
  return `v=0
o=mhandley 29739 7272939 IN IP4 ${origin}
${subject}c=IN IP4 ${connection}
${time === '' ? '' : `t=${time}\n`}m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`
}
