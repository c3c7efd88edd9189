/**
 * The session of somebody who works in a browser: an HttpOnly, SameSite=Strict cookie that no script reads. A request
 * that changes something must come from a page of central's own: it carries a header that no form can send, and its
 * Origin is this host (both: OWASP, Cross-Site Request Forgery Prevention).
 */
import type { FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

/** Every request of the page that changes something carries it; a foreign page would have to ask for leave (CORS), and gets none. */
export const PAGE_HEADER = 'x-sanxin-page'
/** `__Host-`: the browser takes it over https alone, for this host alone (RFC 6265bis §4.1.3.2). */
const OVER_HTTPS = '__Host-sanxin'
/** On this machine itself, without https. */
const ON_LOOPBACK = 'sanxin'

type Asked = Pick<FastifyRequest, 'headers' | 'method'>

const isLoopback = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** The scheme as the browser sees it, whoever ends TLS before us; null for a page that is not ours. */
export function pageOrigin({ headers }: Asked): { readonly secure: boolean } | null {
  const origin = URL.parse(headers.origin ?? '')
  if (origin === null || headers[PAGE_HEADER] === undefined || origin.host !== headers.host) return null
  if (origin.protocol === 'https:') return { secure: true }
  return isLoopback(origin.hostname) ? { secure: false } : null
}

/** The value of Set-Cookie for a token; null ends the session's cookie. It goes when the browser is closed. */
export function pageCookie(token: string | null, secure: boolean): string {
  const value = `${secure ? OVER_HTTPS : ON_LOOPBACK}=${token ?? ''}`
  const end = token === null ? '; Max-Age=0' : ''
  return `${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`
}

function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value !== undefined && /^[\w-]{1,128}$/.test(value)) return value
  }
  return null
}

const changesNothing = (method: string) => method === 'GET' || method === 'HEAD'

/** The token that a browser brings, whatever it asks for; null where there is none. */
export function tokenInCookie({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const host = URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? ''
  return cookieOf(headers.cookie, OVER_HTTPS) ?? (isLoopback(host) ? cookieOf(headers.cookie, ON_LOOPBACK) : null)
}

/** The token that a browser brings; refuses a change that no page of ours asks for. Null where there is none. */
export function pageToken(request: Asked): string | null {
  const { headers, method } = request
  const token = tokenInCookie(request)
  if (token === null) return null
  const foreign = headers['sec-fetch-site'] === 'cross-site'
  if (foreign || (!changesNothing(method) && pageOrigin(request) === null))
    throw new Refusal('forbidden', 'foreignPage')
  return token
}
