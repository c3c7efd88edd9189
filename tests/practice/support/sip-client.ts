import { createHash, randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/** A message as the tiny client reads it: by hand, so that it shares no fault with the exchange. */
export interface Received {
  first: string
  /** Lower-case names; the values of repeated headers in order. */
  headers: Map<string, string[]>
  text: string
}

/** A telephone of a few lines, for tests that want to see every message. */
export interface SipClient {
  user: string
  contact: string
  send(text: string): void
  /** The first message not yet taken whose first line matches. */
  take(first: RegExp): Promise<Received>
  /** The first lines of messages that nobody has taken. */
  left(): string[]
  register(password: string, expires?: number): Promise<Received>
  /** Sends an INVITE with credentials; resolves with its branch and ids once the exchange has taken it. */
  invite(callee: string, password: string, extra?: string[]): Promise<InviteIds>
  request(method: string, uri: string, ids: Partial<InviteIds>, extra?: string[]): InviteIds
  reply(request: Received, status: string, toTag?: string, extra?: string[]): void
  close(): Promise<void>
  closed: Promise<{ code: number }>
}

/** What makes a request findable. */
export interface InviteIds {
  branch: string
  callId: string
  fromTag: string
  toTag: string
  sequence: number
  uri: string
  callee: string
}

/** The only value of a header. */
export function value(message: Received, name: string): string {
  return message.headers.get(name)?.[0] ?? ''
}

/** The tag of the To of a message. */
export function toTag(message: Received): string {
  return /;tag=([^;\s]+)/.exec(value(message, 'to'))?.[1] ?? ''
}

/** Connects a telephone. */
export async function connect(url: string, user = '1001', phone = 'x', protocol = 'sip'): Promise<SipClient> {
  const socket = new WebSocket(url, protocol)
  const inbox: Received[] = []
  const takers: { first: RegExp; resolve: (message: Received) => void }[] = []
  const closed = new Promise<{ code: number }>((resolve) => socket.on('close', (code) => resolve({ code })))
  const host = `${randomUUID().slice(0, 8)}.invalid`
  const contact = `sip:${user}${phone}@${host};transport=ws`
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

  socket.on('message', (data: Buffer) => {
    const message = read(data.toString())
    const index = takers.findIndex(({ first }) => first.test(message.first))
    if (index < 0) inbox.push(message)
    else takers.splice(index, 1)[0]?.resolve(message)
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })

  const take = (first: RegExp): Promise<Received> => {
    const index = inbox.findIndex((message) => first.test(message.first))
    const [known] = index < 0 ? [] : inbox.splice(index, 1)
    if (known) return Promise.resolve(known)
    return new Promise((resolve) => takers.push({ first, resolve }))
  }
  const send = (text: string): void => socket.send(text)

  function request(method: string, uri: string, ids: Partial<InviteIds>, extra: string[] = []): InviteIds {
    const full: InviteIds = {
      branch: `z9hG4bK${randomUUID()}`,
      callId: randomUUID(),
      fromTag: randomUUID().slice(0, 8),
      toTag: '',
      sequence: 1,
      callee: user,
      ...ids,
      uri,
    }
    const to = `<sip:${full.callee}@sanxin.practice>${full.toTag === '' ? '' : `;tag=${full.toTag}`}`
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${host};branch=${full.branch}`,
      'Max-Forwards: 70',
      `From: <sip:${user}@sanxin.practice>;tag=${full.fromTag}`,
      `To: ${to}`,
      `Call-ID: ${full.callId}`,
      `CSeq: ${full.sequence} ${method}`,
    ]
    if (method === 'INVITE' || method === 'REGISTER') lines.push(`Contact: <${contact}>`)
    send([...lines, ...extra, 'Content-Length: 0', '', ''].join('\r\n'))
    return full
  }

  function credentials(challenge: Received, method: string, uri: string, password: string): string {
    const name = method === 'REGISTER' ? 'www-authenticate' : 'proxy-authenticate'
    const nonce = /nonce="([^"]+)"/.exec(value(challenge, name))?.[1] ?? ''
    const response = md5(
      `${md5(`${user}:sanxin.practice:${password}`)}:${nonce}:00000001:abc:auth:${md5(`${method}:${uri}`)}`,
    )
    const header = method === 'REGISTER' ? 'Authorization' : 'Proxy-Authorization'
    return `${header}: Digest username="${user}", realm="sanxin.practice", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc"`
  }

  let registerIds: Partial<InviteIds> = {}
  async function register(password: string, expires = 300): Promise<Received> {
    const uri = 'sip:sanxin.practice'
    const sequence = (registerIds.sequence ?? 0) + 1
    registerIds = request('REGISTER', uri, { ...registerIds, branch: `z9hG4bK${randomUUID()}`, sequence }, [
      `Expires: ${expires}`,
    ])
    const challenge = await take(/^SIP\/2.0 401/)
    registerIds = request(
      'REGISTER',
      uri,
      { ...registerIds, branch: `z9hG4bK${randomUUID()}`, sequence: sequence + 1 },
      [`Expires: ${expires}`, credentials(challenge, 'REGISTER', uri, password)],
    )
    return take(/^SIP\/2.0 [2-6]/)
  }

  async function invite(callee: string, password: string, extra: string[] = []): Promise<InviteIds> {
    const uri = `sip:${callee}@sanxin.practice`
    const first = request('INVITE', uri, { callee })
    const challenge = await take(/^SIP\/2.0 407/)
    request('ACK', uri, { ...first, toTag: toTag(challenge) })
    return request('INVITE', uri, { callee, callId: first.callId, fromTag: first.fromTag, sequence: 2 }, [
      credentials(challenge, 'INVITE', uri, password),
      ...extra,
    ])
  }

  function reply(to: Received, status: string, tag = '', extra: string[] = []): void {
    const copy = (name: string): string[] => (to.headers.get(name) ?? []).map((text) => `${name}: ${text}`)
    const lines = [
      `SIP/2.0 ${status}`,
      ...copy('via'),
      ...copy('record-route'),
      ...copy('from'),
      ...copy('call-id'),
      ...copy('cseq'),
    ]
    const tagged = tag === '' || toTag(to) !== '' ? value(to, 'to') : `${value(to, 'to')};tag=${tag}`
    send([...lines, `To: ${tagged}`, `Contact: <${contact}>`, ...extra, 'Content-Length: 0', '', ''].join('\r\n'))
  }

  return {
    user,
    contact,
    send,
    take,
    request,
    register,
    invite,
    reply,
    closed,
    left: () => inbox.map(({ first }) => first),
    close: async () => {
      socket.close()
      await closed
    },
  }
}

function read(text: string): Received {
  const [head = ''] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const [, name = '', content = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), content])
  }
  return { first, headers, text }
}
