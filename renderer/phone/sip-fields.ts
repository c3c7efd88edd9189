/** The shapes of the header fields that every SIP message carries (RFC 3261 20 and 25.1), each read in linear time. */

const quotedPair = String.raw`"(?:[^"\\]|\\.)*"`
const token = String.raw`[A-Za-z0-9\-.!%*_+\x60'~]+`
const parameters = new RegExp(String.raw`^(?:\s*;\s*${token}(?:\s*=\s*(?:[^\s;,"<>]+|${quotedPair}))?)*\s*$`, 'u')
const quotedStart = new RegExp(`^${quotedPair}\\s*`, 'u')
const bareName = /^[A-Za-z0-9\-.!%*_+`'~\s]*$/
const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/
const viaSender = new RegExp(
  String.raw`^SIP\s*/\s*2\.0\s*/\s*${token}\s+(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?:\s*:\s*\d{1,5})?$`,
  'iu',
)
const word = String.raw`[A-Za-z0-9\-.!%*_+\x60'~()<>:\\"/[\]?{}]+`
const callId = new RegExp(`^${word}(?:@${word})?$`, 'u')
const sequence = new RegExp(`^(\\d{1,10})\\s+(${token})$`, 'u')

export const methodToken = new RegExp(`^${token}$`, 'u')

/** Whether a text is a URI of any scheme, without spaces, quotes or angle brackets. */
export function isUri(text: string): boolean {
  return absoluteUri.test(text)
}

/** The parameters of a From or To value (`name-addr` or `addr-spec`), or null when it is neither. */
export function addressParameters(value: string): string | null {
  const quoted = quotedStart.exec(value)?.[0] ?? ''
  const rest = value.slice(quoted.length)
  const open = rest.indexOf('<')
  if (open < 0) {
    const cut = rest.indexOf(';')
    const uri = (cut < 0 ? rest : rest.slice(0, cut)).trim()
    // RFC 3261 20.10: with a comma or a question mark in it, a URI must stand in angle brackets.
    return quoted === '' && isUri(uri) && !/[,?]/.test(uri) ? soundParameters(cut < 0 ? '' : rest.slice(cut)) : null
  }
  const close = rest.indexOf('>', open)
  const named = quoted === '' ? bareName.test(rest.slice(0, open)) : open === 0
  if (!named || close < 0 || !isUri(rest.slice(open + 1, close))) return null
  return soundParameters(rest.slice(close + 1))
}

function soundParameters(text: string): string | null {
  return parameters.test(text) ? text : null
}

/** The value of a parameter without quotes in it, or null. */
export function parameter(text: string, name: string): string | null {
  return new RegExp(String.raw`;\s*${name}\s*=\s*([^\s;,"]+)`, 'iu').exec(text)?.[1] ?? null
}

/** Whether a Via line is sound; `top`, the first of all, must have a branch, by which SIP.js alone tells transactions. */
export function isVia(line: string, top: boolean): boolean {
  return line.split(',').every((value, index) => {
    const cut = value.indexOf(';')
    const [sender, rest] = cut < 0 ? [value, ''] : [value.slice(0, cut), value.slice(cut)]
    if (!viaSender.test(sender.trim()) || !parameters.test(rest)) return false
    if (!top || index > 0) return true
    const branch = parameter(rest, 'branch')
    return branch !== null && branch !== 'z9hG4bK'
  })
}

/** Whether a value is a Call-ID (RFC 3261 25.1, `callid`) of at most 256 characters. */
export function isCallId(value: string): boolean {
  return value.length <= 256 && callId.test(value)
}

/** The method of a CSeq, or null when it is none; the number is below 2^31 (RFC 3261 8.1.1.5). */
export function sequenceMethod(value: string): string | null {
  const [, number, method] = sequence.exec(value) ?? []
  return number !== undefined && method !== undefined && Number(number) < 2 ** 31 ? method : null
}
