// Controls, format characters (bidi, zero width, tags, soft hyphen), lone surrogates, private and unassigned ones.
const CONTROL = /\p{C}|[\u2028\u2029]/gu

/**
 * A name as a stranger sent it, safe to show in one line: control and bidirectional-override
 * characters are taken out (a caller's name must not turn the line round), spaces are joined,
 * and it is cut at `most` characters. Markup stays as text: nothing here is ever parsed as HTML.
 */
export function plainLine(text: string, most = 40): string {
  const line = text.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim()
  const chars = [...line]
  return chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : line
}
