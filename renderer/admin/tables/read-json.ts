/** The value of a text as JSON; the line in which it ceases to be (from 1) where it is none. */
export function readJson(text: string): { readonly value: unknown } | { readonly line: number } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { line: text.slice(0, brokenAt(text)).split('\n').length }
  }
}

/** A token of JSON (RFC 8259) with the space before it. */
const TOKEN =
  /\s*([{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/** Where what was read cannot go on: what the browsers say of it, each says otherwise, and some nothing. */
function brokenAt(text: string): number {
  let at = 0
  const peek = () => {
    TOKEN.lastIndex = at
    return TOKEN.exec(text)
  }
  const take = (wanted: (token: string) => boolean): boolean => {
    const found = peek()
    if (found === null || !wanted(found[1] ?? '')) return false
    at += found[0].length
    return true
  }
  const is = (sign: string) => take((token) => token === sign)
  const list = (end: string, item: () => boolean): boolean => {
    if (is(end)) return true
    do if (!item()) return false
    while (is(','))
    return is(end)
  }
  const member = () => take((token) => token.startsWith('"')) && is(':') && value()
  const value = (): boolean => {
    if (is('{')) return list('}', member)
    if (is('[')) return list(']', value)
    return take((token) => !'{}[],:'.includes(token))
  }
  value()
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
}

export const isJson = (text: string): boolean => 'value' in readJson(text)

/** A value as it is edited, and the line (from 1) in which each place of it begins, by its path as JSON text. */
export function printJson(value: unknown): { readonly text: string; readonly lines: ReadonlyMap<string, number> } {
  const lines = new Map<string, number>()
  let line = 1
  const print = (one: unknown, path: readonly (string | number)[], indent: string): string => {
    lines.set(JSON.stringify(path), line)
    if (typeof one !== 'object' || one === null) return JSON.stringify(one) ?? 'null'
    const isList = Array.isArray(one)
    const parts = isList ? one.map((part, index) => [index, part] as const) : Object.entries(one)
    if (parts.length === 0) return isList ? '[]' : '{}'
    const printed = parts.map(([key, part]) => {
      line += 1
      const label = isList ? '' : `${JSON.stringify(key)}: `
      return `${indent}  ${label}${print(part, [...path, key], `${indent}  `)}`
    })
    line += 1
    return `${isList ? '[' : '{'}\n${printed.join(',\n')}\n${indent}${isList ? ']' : '}'}`
  }
  return { text: print(value, [], ''), lines }
}
