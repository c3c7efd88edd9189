/**
 * Text as PostgreSQL can hold it: NUL and lone halves of surrogate pairs become U+FFFD, one for one, in all
 * strings and keys of a JSON value. What was typed is stored with the odd character visible, never refused.
 */
export function storable<T>(value: T): T {
  // Nearly all is, and looking costs half of writing it anew.
  return isStorable(value) ? value : (clean(value) as T)
}

const isStorableText = (text: string) => text.isWellFormed() && !text.includes('\u0000')

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  // Without any list of keys or pairs, which would cost as much again: each mutation is looked through.
  const named = value as Readonly<Record<string, unknown>>
  for (const key in named) if (!isStorableText(key) || !isStorable(named[key])) return false
  return true
}

function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), clean(inner)]))
}
