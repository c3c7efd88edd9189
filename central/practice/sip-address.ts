import { splitList } from './sip-message.ts'

/** The parts of a sip: or sips: URI that routing needs. */
export interface SipUri {
  user: string
  host: string
  port: number | null
  params: ReadonlyMap<string, string>
}

/** From, To, Contact, Route: an address with its display-name and header parameters. */
export interface NameAddress {
  display: string
  uri: string
  params: ReadonlyMap<string, string>
}

/** The parts of a Via that routing needs. */
export interface Via {
  host: string
  branch: string
}

/** Reads a URI; null when it is none, or of another scheme. */
export function parseUri(text: string): SipUri | null {
  const match =
    /^sips?:(?:([^@<>\s"]*)@)?(\[[0-9a-f:.]+\]|[^@:;?<>\s"[\]]+)(?::(\d{1,5}))?((?:;[^?\s<>"]*)?)(?:\?[^\s<>"]*)?$/i.exec(
      text,
    )
  if (!match) return null
  const port = match[3] === undefined ? null : Number(match[3])
  if (port !== null && port > 65535) return null
  const user = decodeUser((match[1] ?? '').split(':')[0] ?? '')
  if (user === null) return null
  return { user, host: (match[2] ?? '').toLowerCase(), port, params: parseParams(match[4] ?? '') }
}

/** Reads `"Name" <uri>;params`, `<uri>;params` or `uri;params`; null when it is none of them. */
export function parseNameAddress(text: string): NameAddress | null {
  const open = indexOutsideQuotes(text, '<')
  if (open < 0) {
    const cut = text.indexOf(';')
    const uri = (cut < 0 ? text : text.slice(0, cut)).trim()
    if (uri === '' || /[\s"<>]/.test(uri)) return null
    return { display: '', uri, params: parseParams(cut < 0 ? '' : text.slice(cut)) }
  }
  const close = text.indexOf('>', open)
  const uri = text.slice(open + 1, close)
  if (close < 0 || uri === '' || /[\s"<]/.test(uri)) return null
  const rest = text.slice(close + 1).trim()
  if (rest !== '' && !rest.startsWith(';')) return null
  return { display: unquote(text.slice(0, open).trim()), uri, params: parseParams(rest) }
}

/** Reads a single Via value; null when malformed. */
export function parseVia(text: string): Via | null {
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z0-9-]+\s+([^\s;,]+)\s*((?:;.*)?)$/i.exec(text)
  if (!match) return null
  return { host: match[1] ?? '', branch: parseParams(match[2] ?? '').get('branch') ?? '' }
}

/** The first address of a list header such as Contact. */
export function firstAddress(value: string | undefined): NameAddress | null {
  const first = value === undefined ? undefined : splitList(value)[0]
  return first === undefined ? null : parseNameAddress(first)
}

/** The tag of a From or To value, or the empty string. */
export function tagOf(value: string | undefined): string {
  return (value === undefined ? null : parseNameAddress(value))?.params.get('tag') ?? ''
}

function parseParams(text: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>()
  for (const part of splitOutsideQuotes(text, ';')) {
    const equals = part.indexOf('=')
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (name !== '' && !params.has(name)) params.set(name, equals < 0 ? '' : unquote(part.slice(equals + 1).trim()))
  }
  return params
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = []
  let rest = text
  for (let at = indexOutsideQuotes(rest, separator); at >= 0; at = indexOutsideQuotes(rest, separator)) {
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + 1)
  }
  return [...parts, rest]
}

function indexOutsideQuotes(text: string, wanted: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i++
    else if (text[i] === '"') quoted = !quoted
    else if (!quoted && text[i] === wanted) return i
  }
  return -1
}

function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text
}

function decodeUser(user: string): string | null {
  try {
    return decodeURIComponent(user)
  } catch {
    return null
  }
}
