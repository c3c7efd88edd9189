/** One header: the long name in lower case, and its value on one line. */
export type Header = readonly [name: string, value: string]

/** A SIP request as it came, its multi-valued routing headers split. */
export interface SipRequest {
  kind: 'request'
  method: string
  uri: string
  headers: readonly Header[]
  body: string
}

/** A SIP response as it came. */
export interface SipResponse {
  kind: 'response'
  status: number
  reason: string
  headers: readonly Header[]
  body: string
}

/** What a frame holds. `bad` carries the request only as far as it could be read, to answer it. */
export type Parsed =
  | SipRequest
  | SipResponse
  | { kind: 'keepAlive' }
  | { kind: 'bad'; status: number; reason: string; request: SipRequest | null }

/** Limits that no honest telephone reaches. */
export const messageLimits = { bytes: 64 * 1024, headers: 200, headBytes: 32 * 1024 } as const

const compactNames: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
}
const listHeaders = new Set(['via', 'route', 'record-route'])
const spelling: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'mime-version': 'MIME-Version',
  rack: 'RAck',
  rseq: 'RSeq',
}
const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/
// A bare CR or LF that survived the split would become a header of its own at the next hop.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/

/** The first value of a header. */
export function header(message: { headers: readonly Header[] }, name: string): string | undefined {
  return message.headers.find(([n]) => n === name)?.[1]
}

/** All values of a header, in order. */
export function headerAll(message: { headers: readonly Header[] }, name: string): string[] {
  return message.headers.filter(([n]) => n === name).map(([, value]) => value)
}

/** Splits at commas that stand neither in quotes nor in angle brackets. */
export function splitList(value: string): string[] {
  const parts: string[] = []
  let quoted = false
  let depth = 0
  let start = 0
  for (let i = 0; i < value.length; i++) {
    const char = value[i]
    if (quoted) {
      if (char === '\\') i++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '<') depth++
    else if (char === '>') depth = Math.max(0, depth - 1)
    else if (char === ',' && depth === 0) {
      parts.push(value.slice(start, i).trim())
      start = i + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts.filter((part) => part !== '')
}

/** Reads one frame. Never throws; hostile input comes back as `bad`. */
export function parseMessage(text: string): Parsed {
  if (/^[\r\n]*$/.test(text.slice(0, 8)) && text.trim() === '') return { kind: 'keepAlive' }
  const whole = text.replace(/^(?:\r\n)+/, '')
  const end = whole.indexOf('\r\n\r\n')
  const headText = (end < 0 ? whole : whole.slice(0, end)).slice(0, messageLimits.headBytes)
  const lines = headText.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const start = readStartLine(lines[0] ?? '')
  if (!start) return { kind: 'bad', status: 400, reason: 'Bad start line', request: null }

  const { headers, fault } = readHeaders(lines.slice(1))
  const bodyText = end < 0 ? '' : whole.slice(end + 4)
  const { body, complete } = cutBody(bodyText, header({ headers }, 'content-length'))
  const message = { ...start.message, headers, body }
  const bad = (status: number, reason: string): Parsed => ({
    kind: 'bad',
    status,
    reason,
    request: message.kind === 'request' ? message : null,
  })
  if (start.fault) return bad(start.fault.status, start.fault.reason)
  if (Buffer.byteLength(text) > messageLimits.bytes) return bad(413, 'Message too large')
  if (end < 0) return bad(400, 'Head does not end')
  if (end > messageLimits.headBytes) return bad(400, 'Head too large')
  if (fault) return bad(400, fault)
  if (!complete) return bad(400, 'Body shorter than Content-Length')
  return message
}

type StartLine = {
  message: Omit<SipRequest, 'headers' | 'body'> | Omit<SipResponse, 'headers' | 'body'>
  fault?: { status: number; reason: string }
}

function readStartLine(line: string): StartLine | null {
  if (controls.test(line)) return null
  const status = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(line)
  if (status) return { message: { kind: 'response', status: Number(status[1]), reason: status[2] ?? '' } }
  if (line.startsWith('SIP/')) return null
  const [method = '', uri = '', version = '', ...rest] = line.split(' ')
  if (!token.test(method)) return null
  const message = { kind: 'request', method, uri } as const
  if (rest.length > 0 || uri === '' || version === '')
    return { message, fault: { status: 400, reason: 'Bad request line' } }
  if (version.toUpperCase() !== 'SIP/2.0') return { message, fault: { status: 505, reason: 'Version not supported' } }
  return { message }
}

function readHeaders(lines: readonly string[]): { headers: Header[]; fault: string | null } {
  const headers: Header[] = []
  let fault: string | null = null
  for (const line of lines) {
    const colon = line.indexOf(':')
    const written = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (colon < 1 || !token.test(written) || controls.test(value)) {
      fault ??= 'Bad header line'
      continue
    }
    const name = compactNames[written] ?? written
    for (const part of listHeaders.has(name) ? splitList(value) : [value]) headers.push([name, part])
    if (headers.length > messageLimits.headers) return { headers, fault: 'Too many headers' }
  }
  return { headers, fault }
}

// Frames keep messages apart, so a longer body is cut as RFC 3261 18.3 has it, and a shorter one is a fault.
function cutBody(body: string, length: string | undefined): { body: string; complete: boolean } {
  if (length === undefined) return { body, complete: true }
  if (!/^\d{1,9}$/.test(length)) return { body: '', complete: false }
  const bytes = Buffer.from(body)
  if (bytes.length < Number(length)) return { body: '', complete: false }
  return { body: bytes.subarray(0, Number(length)).toString(), complete: true }
}

/** Writes a message as it goes on the wire, Content-Length counted anew. */
export function serializeMessage(message: SipRequest | SipResponse): string {
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`
  const lines = message.headers
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${spell(name)}: ${value}`)
  return [first, ...lines, `Content-Length: ${Buffer.byteLength(message.body)}`, '', message.body].join('\r\n')
}

function spell(name: string): string {
  return (
    spelling[name] ?? name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase())
  )
}
