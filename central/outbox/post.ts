/**
 * POSTs a body to an address that somebody else named. What the name resolves to is looked at where the connection is
 * made, so a name that answers differently the second time leads nowhere else. Redirects are not followed.
 */
import { lookup } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type BlockList, type LookupFunction } from 'node:net'
import { maySendTo } from './networks.ts'

/** How long all of it may take, in ms. */
export const POST_MS = 10_000

export type Posted =
  /** `afterMs`: the receiver asks to be left alone so long (Retry-After in seconds, RFC 9110 §10.2.3). */
  | { readonly answered: true; readonly status: number; readonly afterMs?: number }
  | { readonly answered: false; readonly reason: 'timeout' | 'foreignAddress' | 'unreachable' }

class ForeignAddress extends Error {}

/** `any` for a receiver that the centre itself set up. */
export type Allowed = BlockList | 'any'

const isAllowed = (address: string, allowed: Allowed) => allowed === 'any' || maySendTo(address, allowed)

/** Looks a name up and lets nothing through but addresses that central may send to. */
function guardedLookup(allowed: Allowed): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, [])
      const all = [found].flat()
      if (all.length === 0 || !all.every(({ address }) => isAllowed(address, allowed)))
        return done(new ForeignAddress('foreign address'), [])
      const [first] = all
      if (options.all === true || first === undefined) return done(null, all)
      return done(null, first.address, first.family)
    })
  }
}

function answerOf(response: IncomingMessage): Posted {
  const status = response.statusCode ?? 0
  const seconds = /^\d{1,6}$/.exec(response.headers['retry-after'] ?? '')?.[0]
  return { answered: true, status, ...(seconds === undefined ? {} : { afterMs: Number(seconds) * 1000 }) }
}

export type Post = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly allowed: Allowed
  readonly timeoutMs?: number
}

/** Never rejects. What is answered beside the code is not read. */
export function post({ url, headers, body, allowed, timeoutMs = POST_MS }: Post): Promise<Posted> {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  // Of an address nothing is looked up.
  if (isIP(bare) !== 0 && !isAllowed(bare, allowed))
    return Promise.resolve({ answered: false, reason: 'foreignAddress' })
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const send = url.protocol === 'https:' ? secureRequest : plainRequest
    const request = send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'sanxin-central', ...headers },
      lookup: guardedLookup(allowed),
      agent: false,
      signal,
    })
    request.on('response', (response) => {
      resolve(answerOf(response))
      response.on('error', () => undefined)
      request.destroy()
    })
    request.on('error', (error) => {
      if (error instanceof ForeignAddress) return resolve({ answered: false, reason: 'foreignAddress' })
      resolve({ answered: false, reason: signal.aborted ? 'timeout' : 'unreachable' })
    })
    request.end(body)
  })
}
