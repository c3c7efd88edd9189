/**
 * Text as PostgreSQL can hold it: NUL and lone halves of surrogate pairs become U+FFFD, one for one, in all
 * strings and keys of a JSON value. What was typed is stored with the odd character visible, never refused.
 */
export function storable<T>(value: T): T {
  return clean(value) as T
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
