/** A SIP message as far as its lines: enough to judge it, to answer it and to write it again; nothing is interpreted. */
export type SipText = {
  /** The request or status line. */
  readonly first: string
  readonly headers: readonly SipHeader[]
  readonly body: string
}

/** One header field: `name` is the long form in lower case, `value` stands on one line. */
export type SipHeader = { readonly name: string; readonly value: string }

/** What is wrong with a message's outer form. */
export type LineFault = 'tooLarge' | 'notText' | 'control' | 'headEnd' | 'tooManyHeaders' | 'lineTooLong' | 'headerLine'

/** Limits that no honest exchange reaches: `bytes` of UTF-8, `line` in UTF-16 units after unfolding. */
export const sipLimits = { bytes: 64 * 1024, headers: 200, line: 8192 } as const

const compactNames: Readonly<Record<string, string>> = {
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
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
}

const fieldName = /^[A-Za-z0-9\-.!%*_+`'~]+$/
const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/
const utf8 = new TextEncoder()

/** The length of a text on the wire, in bytes of UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length
}

/** Takes a message apart (RFC 3261 7); the name of what is wrong when it is none, at the price of its size alone. */
export function readSipText(text: string): SipText | LineFault {
  if (text.length > sipLimits.bytes || byteLength(text) > sipLimits.bytes) return 'tooLarge'
  if (!text.isWellFormed()) return 'notText'
  if (text.includes('\u0000')) return 'control'
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return 'headEnd'
  // RFC 3261 7.3.1: a folded line is one line, the fold a space.
  const [first = '', ...lines] = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  if (lines.length > sipLimits.headers) return 'tooManyHeaders'
  const headers: SipHeader[] = []
  for (const line of [first, ...lines]) {
    if (line.length > sipLimits.line) return 'lineTooLong'
    if (controls.test(line)) return 'control'
  }
  for (const line of lines) {
    const header = readHeader(line)
    if (header === null) return 'headerLine'
    headers.push(header)
  }
  return { first, headers, body: text.slice(end + 4) }
}

function readHeader(line: string): SipHeader | null {
  const colon = line.indexOf(':')
  const written = line.slice(0, Math.max(colon, 0)).trimEnd()
  if (!fieldName.test(written)) return null
  // SIP.js reads Call_ID as Call-ID: what would be the same field to it is the same field here.
  const name = written.toLowerCase().replaceAll('_', '-')
  return { name: compactNames[name] ?? name, value: line.slice(colon + 1).trim() }
}

/** All values of a header field, in order. */
export function valuesOf({ headers }: SipText, name: string): string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value)
}

/** Writes a message with long names and unfolded lines. */
export function writeSipText({ first, headers, body }: SipText): string {
  return [first, ...headers.map(({ name, value }) => `${name}: ${value}`), '', body].join('\r\n')
}
