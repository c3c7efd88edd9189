const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

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
