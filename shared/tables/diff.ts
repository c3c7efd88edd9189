/** What one body of a table changes against another, place by place, as a reader knows them. Pure. */

/** The way to a place: rows by what they are called, fields by their keys. */
export type Step = { readonly row: string } | { readonly key: string }
/** `before` is null for what is added, `after` for what goes; what is `moved` stands elsewhere among its neighbours. */
export type TableChange = {
  readonly place: readonly Step[]
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly before: string | null
  readonly after: string | null
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** By these a row is known among others, whatever else of it changes. */
const keys = ['rule', 'code', 'id', 'value', 'word', 'name'] as const

function keyOf(value: unknown): string {
  if (!isFields(value)) return sayValue(value)
  const key = keys.find((one) => typeof value[one] === 'string')
  return key === undefined ? JSON.stringify(value) : String(value[key])
}

/** How a row is called: what it is known by, and its name where it has one besides. */
function nameOf(value: unknown): string {
  if (!isFields(value)) return sayValue(value)
  const { name } = value
  const known = keyOf(value)
  return typeof name === 'string' && name !== known ? `${known} ${name}` : known
}

/** A value in one line: 2026-10-01–2026-10-07, 路灯、井盖, 15 minutes. */
export function sayValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'string') return value
  if (!Array.isArray(value))
    return isFields(value)
      ? Object.entries(value)
          .map(([key, one]) => `${key}: ${sayValue(one)}`)
          .join(', ')
      : JSON.stringify(value)
  const isSpan = value.length === 2 && value.every((one) => typeof one === 'string' && /^\d{4}-\d\d-\d\d$/.test(one))
  return value.map((one) => (isFields(one) ? nameOf(one) : sayValue(one))).join(isSpan ? '–' : '、')
}

/** The rows that moved: all but the longest sequence that kept its order. */
function movedAmong(before: readonly string[], after: readonly string[]): string[] {
  const was = new Map(before.map((key, index) => [key, index]))
  const order = after.filter((key) => was.has(key))
  const isInOrder = order.every((key, at) => at === 0 || (was.get(order[at - 1] ?? '') ?? -1) < (was.get(key) ?? 0))
  if (isInOrder) return []
  const best: string[][] = []
  for (const [index, key] of order.entries()) {
    const place = was.get(key) ?? 0
    const longest = best
      .slice(0, index)
      .filter((one) => (was.get(one.at(-1) ?? '') ?? -1) < place)
      .reduce<string[]>((long, one) => (one.length > long.length ? one : long), [])
    best.push([...longest, key])
  }
  const kept = new Set(best.reduce<string[]>((long, one) => (one.length > long.length ? one : long), []))
  return order.filter((key) => !kept.has(key))
}

function diffRows(before: readonly unknown[], after: readonly unknown[], place: readonly Step[]): TableChange[] {
  const was = new Map(before.map((row) => [keyOf(row), row]))
  const is = new Map(after.map((row) => [keyOf(row), row]))
  if (was.size !== before.length || is.size !== after.length)
    return [{ place, kind: 'changed', before: sayValue(before), after: sayValue(after) }]
  const at = (row: unknown): Step[] => [...place, { row: nameOf(row) }]
  const gone = [...was].filter(([key]) => !is.has(key))
  const moved = new Set(movedAmong([...was.keys()], [...is.keys()]))
  return [
    ...gone.map(([, row]): TableChange => ({ place: at(row), kind: 'removed', before: sayValue(row), after: null })),
    ...[...is].flatMap(([key, row]): TableChange[] => {
      if (!was.has(key)) return [{ place: at(row), kind: 'added', before: null, after: sayValue(row) }]
      const inside = diff(was.get(key), row, at(was.get(key)))
      return moved.has(key) ? [{ place: at(row), kind: 'moved', before: null, after: null }, ...inside] : inside
    }),
  ]
}

function diff(before: unknown, after: unknown, place: readonly Step[]): TableChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return diffRows(before, after, place)
  if (isFields(before) && isFields(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      diff(before[key], after[key], [...place, { key }]),
    )
  return [{ place, kind: 'changed', before: sayValue(before), after: sayValue(after) }]
}

/** All that changes from one body to the other. */
export function diffTable(before: unknown, after: unknown): TableChange[] {
  return diff(before, after, [])
}
