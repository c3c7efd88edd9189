import type { SipRequest } from './sip-message.ts'
import { header, headerAll } from './sip-message.ts'
import { parseNameAddress, parseUri, parseVia } from './sip-address.ts'

/** Why a request is refused before anybody looks at what it wants. */
export interface Refusal {
  status: number
  reason?: string
  unsupported?: string
}

const hopsMax = 255
const viasMax = 70

/** The request checks of RFC 3261 8.2 and 16.3: null when the request may go on. */
export function checkRequest(request: SipRequest): Refusal | null {
  const via = header(request, 'via')
  if (via === undefined || headerAll(request, 'via').some((value) => !parseVia(value))) return bad('Bad Via')
  if (!parseVia(via)?.branch) return bad('Via without branch')
  if (headerAll(request, 'via').length > viasMax) return { status: 482 }
  for (const name of ['from', 'to', 'call-id', 'cseq']) {
    if (headerAll(request, name).length !== 1) return bad(`One ${name} expected`)
  }
  if (!/^\S{1,256}$/.test(header(request, 'call-id') ?? '')) return bad('Bad Call-ID')

  const sequence = /^(\d{1,10})\s+(\S+)$/.exec(header(request, 'cseq') ?? '')
  if (!sequence || Number(sequence[1]) >= 2 ** 31) return bad('Bad CSeq')
  if (sequence[2] !== request.method) return bad('CSeq of another method')

  const from = parseNameAddress(header(request, 'from') ?? '')
  const to = parseNameAddress(header(request, 'to') ?? '')
  if (!from || !parseUri(from.uri)) return bad('Bad From')
  if (!to || !parseUri(to.uri)) return bad('Bad To')
  if (!from.params.get('tag')) return bad('From without tag')

  if (!/^sips?:/i.test(request.uri))
    return /^[a-z][a-z0-9+.-]*:/i.test(request.uri) ? { status: 416 } : bad('Bad Request-URI')
  if (!parseUri(request.uri)) return bad('Bad Request-URI')
  if (headerAll(request, 'route').some((value) => !parseNameAddress(value))) return bad('Bad Route')

  const hops = header(request, 'max-forwards')
  if (hops !== undefined && (!/^\d{1,3}$/.test(hops) || Number(hops) > hopsMax)) return bad('Bad Max-Forwards')
  if (hops !== undefined && Number(hops) === 0 && request.method !== 'REGISTER') return { status: 483 }
  const required = header(request, 'proxy-require')
  if (required !== undefined && request.method !== 'ACK' && request.method !== 'CANCEL')
    return { status: 420, unsupported: required }
  return null
}

/** The sequence number of a request or response that was checked. */
export function sequenceOf(message: { headers: SipRequest['headers'] }): number {
  return Number.parseInt(header(message, 'cseq') ?? '', 10) || 0
}

function bad(reason: string): Refusal {
  return { status: 400, reason }
}
