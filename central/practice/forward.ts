import type { ExchangeCore } from './exchange-core.ts'
import { isOwnUri, ownUri, practiceRealm, viaValue } from './exchange-core.ts'
import type { Header, SipRequest, SipResponse } from './sip-message.ts'
import { header } from './sip-message.ts'
import { parseNameAddress } from './sip-address.ts'
import { parseCredentials } from './digest.ts'

/** How a request changes on its way through. */
export interface ForwardOptions {
  uri: string
  branch: string
  recordRoute?: boolean
  headers?: readonly Header[]
}

// Only the exchange may say these about a call.
const ownHeaders = new Set(['x-call-id', 'x-queue', 'p-asserted-identity'])
const hopsDefault = 70

/** The request as the next hop gets it: RFC 3261 16.6, for a proxy that never leaves the house. */
export function forwardRequest(core: ExchangeCore, request: SipRequest, options: ForwardOptions): SipRequest {
  const kept = request.headers.filter(([name, value]) => {
    if (name === 'max-forwards' || ownHeaders.has(name)) return false
    if (name === 'proxy-authorization') return parseCredentials(value)?.get('realm') !== practiceRealm
    return name !== 'route' || !isOwnUri(core, parseNameAddress(value)?.uri ?? '')
  })
  const hops = Number(header(request, 'max-forwards') ?? hopsDefault) - 1
  const added: Header[] = [['via', viaValue(core, options.branch)]]
  if (options.recordRoute) added.push(['record-route', `<${ownUri(core)};lr>`])
  return {
    ...request,
    uri: options.uri,
    headers: [...added, ...kept, ['max-forwards', String(hops)], ...(options.headers ?? [])],
  }
}

/** The response as the previous hop gets it: our Via is taken off. */
export function forwardResponse(response: SipResponse): SipResponse {
  const own = response.headers.findIndex(([name]) => name === 'via')
  return { ...response, headers: response.headers.filter((_header, index) => index !== own) }
}

/** Undoes strict routing: a Request-URI that means us hides the real one in the last Route (RFC 3261 16.4). */
export function undoStrictRouting(core: ExchangeCore, request: SipRequest): SipRequest {
  if (!isOwnUri(core, request.uri)) return request
  const last = request.headers.findLastIndex(([name]) => name === 'route')
  const target = parseNameAddress(request.headers[last]?.[1] ?? '')
  if (last < 0 || !target) return request
  return { ...request, uri: target.uri, headers: request.headers.filter((_header, index) => index !== last) }
}
