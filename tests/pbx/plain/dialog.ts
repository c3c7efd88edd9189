import { digestResponse, parseCredentials } from '../../../central/practice/digest.ts'
import { firstAddress } from '../../../central/practice/sip-address.ts'
import { header, type Header, type SipRequest, type SipResponse } from '../../../central/practice/sip-message.ts'
import { token, type SipSocket } from './sip-socket.ts'

/** One side of a dialog (RFC 3261 section 12); `local` and `remote` are From and To as they stand on the wire. */
export type Dialog = {
  readonly callId: string
  readonly local: string
  remote: string
  /** Where requests go: the other side's Contact, once known. */
  target: string
  sequence: number
}

/** Who asks: the user of the Contact, and the credentials where the server wants some. */
export type Account = { readonly user: string; readonly password: string | null }

/** The Contact under which a telephone is reached. */
export function contactOf(socket: SipSocket, { user }: Account): string {
  return `<sip:${user}@127.0.0.1:${socket.port}>`
}

/** A request of this dialog, with the next CSeq. */
export function makeRequest(
  socket: SipSocket,
  account: Account,
  dialog: Dialog,
  method: string,
  { sdp = '', headers = [] }: { sdp?: string; headers?: readonly Header[] } = {},
): SipRequest {
  dialog.sequence += 1
  const type: Header[] = sdp === '' ? [] : [['content-type', 'application/sdp']]
  return {
    kind: 'request',
    method,
    uri: dialog.target,
    headers: [
      ['via', socket.newVia()],
      ['max-forwards', '70'],
      ['from', dialog.local],
      ['to', dialog.remote],
      ['call-id', dialog.callId],
      ['cseq', `${dialog.sequence} ${method}`],
      ['contact', contactOf(socket, account)],
      ...headers,
      ...type,
    ],
    body: sdp,
  }
}

/** ACK and CANCEL go by the numbers of the INVITE they belong to (RFC 3261 sections 9.1, 13.2.2.4, 17.1.1.3). */
export function follow(
  invite: SipRequest,
  method: 'ACK' | 'CANCEL',
  change: { to?: string; uri?: string; via?: string } = {},
): SipRequest {
  const kept = invite.headers.filter(([name]) => ['via', 'max-forwards', 'from', 'to', 'call-id'].includes(name))
  const headers = kept.map(([name, value]): Header => {
    if (name === 'to') return [name, change.to ?? value]
    if (name === 'via') return [name, change.via ?? value]
    return [name, value]
  })
  const number = header(invite, 'cseq')?.split(' ')[0] ?? ''
  return {
    kind: 'request',
    method,
    uri: change.uri ?? invite.uri,
    headers: [...headers, ['cseq', `${number} ${method}`]],
    body: '',
  }
}

/** What acknowledges the final response to an INVITE: a 2xx by a transaction of its own, to the other side's Contact. */
export function ackOf(socket: SipSocket, invite: SipRequest, response: SipResponse): SipRequest {
  const to = header(response, 'to') ?? ''
  if (response.status >= 300) return follow(invite, 'ACK', { to })
  const uri = firstAddress(header(response, 'contact'))?.uri ?? invite.uri
  return follow(invite, 'ACK', { to, uri, via: socket.newVia() })
}

/**
 * Asks, and once more with credentials where they are wanted (RFC 2617, qop=auth). `made` is told each request as it
 * goes out. An INVITE's refusal is acknowledged here.
 */
export async function askWithCredentials(
  socket: SipSocket,
  account: Account,
  make: (headers: readonly Header[]) => SipRequest,
  { made, progress }: { made?: (request: SipRequest) => void; progress?: (response: SipResponse) => void } = {},
): Promise<{ request: SipRequest; response: SipResponse }> {
  const ask = async (headers: readonly Header[]) => {
    const request = make(headers)
    made?.(request)
    const response = await socket.ask(request, progress)
    if (request.method === 'INVITE' && response.status >= 300) socket.send(ackOf(socket, request, response))
    return { request, response }
  }
  const first = await ask([])
  const challenge = header(first.response, first.response.status === 401 ? 'www-authenticate' : 'proxy-authenticate')
  if (challenge === undefined || account.password === null) return first
  const name = first.response.status === 401 ? 'authorization' : 'proxy-authorization'
  return ask([[name, credentials(challenge, account.user, account.password, first.request)]])
}

function credentials(challenge: string, user: string, password: string, { method, uri }: SipRequest): string {
  const fields = parseCredentials(challenge)
  const field = (name: string): string => fields?.get(name) ?? ''
  const given = {
    algorithm: 'MD5' as const,
    user,
    realm: field('realm'),
    password,
    method,
    uri,
    nonce: field('nonce'),
    nc: '00000001',
    cnonce: token(),
  }
  const opaque = fields?.has('opaque') ? `, opaque="${field('opaque')}"` : ''
  return (
    `Digest username="${user}", realm="${given.realm}", nonce="${given.nonce}", uri="${uri}", ` +
    `response="${digestResponse(given)}", algorithm=MD5, cnonce="${given.cnonce}", qop=auth, nc=${given.nc}${opaque}`
  )
}
