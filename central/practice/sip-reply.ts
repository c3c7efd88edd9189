import type { Header, SipRequest, SipResponse } from './sip-message.ts'
import { header, headerAll } from './sip-message.ts'
import { tagOf } from './sip-address.ts'

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  182: 'Queued',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  413: 'Request Entity Too Large',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
}

/** What a response may add to the bare status. */
export interface ReplyOptions {
  reason?: string
  headers?: readonly Header[]
  toTag?: string
}

/** Builds the response to a request as RFC 3261 8.2.6 has it; the tag only where the request has none. */
export function makeReply(request: SipRequest, status: number, options: ReplyOptions = {}): SipResponse {
  const copied: Header[] = headerAll(request, 'via').map((value) => ['via', value] as const)
  for (const name of ['from', 'to', 'call-id', 'cseq']) {
    const value = header(request, name)
    if (value === undefined) continue
    const tagged = name === 'to' && status > 100 && options.toTag !== undefined && tagOf(value) === ''
    copied.push([name, tagged ? `${value};tag=${options.toTag}` : value])
  }
  const reason = options.reason ?? reasons[status] ?? 'Unknown'
  return { kind: 'response', status, reason, headers: [...copied, ...(options.headers ?? [])], body: '' }
}

/** Whether a malformed request holds enough for its sender to recognise an answer. */
export function canBeAnswered(request: SipRequest | null): request is SipRequest {
  return (
    request !== null &&
    request.method !== 'ACK' &&
    header(request, 'via') !== undefined &&
    header(request, 'cseq') !== undefined
  )
}
