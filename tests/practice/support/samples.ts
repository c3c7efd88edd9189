/** A citizen's INVITE as SIP.js would write it, without credentials. */
export const inviteText = [
  'INVITE sip:12345@sanxin.practice SIP/2.0',
  'Via: SIP/2.0/WS abc.invalid;branch=z9hG4bK776asdhds',
  'Max-Forwards: 70',
  'From: "陈先生" <sip:13800002210@sanxin.practice>;tag=from1',
  'To: <sip:12345@sanxin.practice>',
  'Call-ID: a84b4c76e66710',
  'CSeq: 2 INVITE',
  'Contact: <sip:x@abc.invalid;transport=ws>',
  'Supported: outbound',
  'Content-Length: 0',
  '',
  '',
].join('\r\n')

/** A small generator of pseudo-random numbers: the same seed, the same run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Damages a message in a few places, as the seed says. */
export function mutate(text: string, random: (below: number) => number): string {
  const pieces = [
    '\r\n',
    '\n',
    '\u0000',
    ':',
    ';',
    ',',
    '<',
    '>',
    '"',
    '\\',
    '@',
    ' ',
    '%',
    '=',
    'SIP/2.0',
    'tag',
    '99999999999',
    '-1',
    '\r\n\r\n',
    '三',
    '\ud800',
    'z9hG4bK',
    'Via: ',
    'ACK ',
    'BYE ',
    '()',
    '\t',
  ]
  let mutated = text
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(mutated.length + 1)
    const length = random(12)
    const piece = pieces[random(pieces.length)] ?? ''
    const kind = random(5)
    if (kind === 0) mutated = mutated.slice(0, at) + mutated.slice(at + length)
    else if (kind === 1) mutated = mutated.slice(0, at) + piece + mutated.slice(at)
    else if (kind === 2) mutated = mutated.slice(0, at) + piece + mutated.slice(at + length)
    else if (kind === 3) mutated = mutated.slice(0, at) + piece.repeat(random(300)) + mutated.slice(at)
    else {
      const lines = mutated.split('\r\n')
      const [line = ''] = lines.splice(random(lines.length), 1)
      if (random(2) === 0) lines.splice(random(lines.length), 0, line, line)
      mutated = lines.join('\r\n')
    }
  }
  return mutated
}
