import { addressParameters, isCallId, isUri, isVia, methodToken, parameter, sequenceMethod } from './sip-fields.ts'
import { byteLength, readSipText, valuesOf, type LineFault, type SipText } from './sip-text.ts'

/** Why a message is dropped: a kind, never anything of what it says. */
export type SipFault =
  | LineFault
  | 'startLine'
  | 'version'
  | 'scheme'
  | 'repeated'
  | 'via'
  | 'from'
  | 'to'
  | 'callId'
  | 'cseq'
  | 'maxForwards'
  | 'contentLength'
  | 'contentType'
  | 'expires'

/** `text` is null where not even the lines could be told apart. */
export type SipCheck =
  | { readonly ok: true; readonly text: SipText }
  | { readonly ok: false; readonly fault: SipFault; readonly text: SipText | null }

const once = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'content-disposition',
  'expires',
] as const

/** The method of a request line, or null. */
export function requestMethod(first: string): string | null {
  const [method = '', uri, version, ...rest] = first.split(' ')
  return uri !== undefined && version?.startsWith('SIP/') === true && rest.length === 0 && methodToken.test(method)
    ? method
    : null
}

/**
 * Whether a message may go to SIP.js: its size, its lines and the header fields that RFC 3261 8.1.1 asks of every
 * message. Max-Forwards may be missing, as RFC 3261 16.3 step 3 allows: no call is lost for it.
 */
export function checkSipMessage(message: string): SipCheck {
  const text = readSipText(message)
  if (typeof text === 'string') return { ok: false, fault: text, text: null }
  const fault = findFault(text)
  return fault === null ? { ok: true, text } : { ok: false, fault, text }
}

function findFault(text: SipText): SipFault | null {
  const method = requestMethod(text.first)
  const line = method === null ? statusLineFault(text.first) : requestLineFault(text.first)
  return line ?? (once.some((name) => valuesOf(text, name).length > 1) ? 'repeated' : fieldFault(text, method))
}

function statusLineFault(first: string): SipFault | null {
  return /^SIP\/2\.0 [1-6]\d\d /i.test(first) ? null : 'startLine'
}

function requestLineFault(first: string): SipFault | null {
  const [, uri = '', version = ''] = first.split(' ')
  if (!isUri(uri)) return 'startLine'
  if (version.toUpperCase() !== 'SIP/2.0') return 'version'
  return /^sips?:/i.test(uri) ? null : 'scheme'
}

function fieldFault(text: SipText, method: string | null): SipFault | null {
  const vias = valuesOf(text, 'via')
  if (vias.length === 0 || !vias.every((line, index) => isVia(line, index === 0))) return 'via'
  const value = (name: (typeof once)[number]) => valuesOf(text, name)[0]
  const from = addressParameters(value('from') ?? '')
  if (from === null || (method !== null && parameter(from, 'tag') === null)) return 'from'
  if (addressParameters(value('to') ?? '') === null) return 'to'
  if (!isCallId(value('call-id') ?? '')) return 'callId'
  const sequenced = sequenceMethod(value('cseq') ?? '')
  if (sequenced === null || (method !== null && sequenced !== method)) return 'cseq'
  const hops = value('max-forwards')
  if (hops !== undefined && (!/^\d{1,10}$/.test(hops) || Number(hops) > 255)) return 'maxForwards'
  const expires = value('expires')
  if (expires !== undefined && (!/^\d{1,10}$/.test(expires) || Number(expires) >= 2 ** 32)) return 'expires'
  return bodyFault(text.body, value('content-length'), value('content-type'))
}

/** RFC 7118 5: one message a frame, so that Content-Length may be missing; where it stands it must be true. */
function bodyFault(body: string, length: string | undefined, type: string | undefined): SipFault | null {
  if (length !== undefined && (!/^\d{1,9}$/.test(length) || Number(length) !== byteLength(body))) return 'contentLength'
  return body !== '' && !/^[^\s/;,]+\s*\/\s*[^\s/;,]+/.test(type ?? '') ? 'contentType' : null
}
