/** A line of two texts beside each other; null where a side has none. `same` where both say it. */
export type DiffRow = { readonly before: string | null; readonly after: string | null; readonly same: boolean }

/** Above so many pairs of lines the middle counts as rewritten: nobody reads it line by line, and it must not take long. */
const MOST_PAIRS = 1_000_000

const same = (line: string): DiffRow => ({ before: line, after: line, same: true })

/** What was taken out beside what came in its place, line by line. */
function beside(before: readonly string[], after: readonly string[]): DiffRow[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => ({
    ...{ before: before[at] ?? null, after: after[at] ?? null, same: false },
  }))
}

/** For each start in both the length of the longest sequence of lines that both have from there on. */
function lengthsOf(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  for (let a = before.length - 1; a >= 0; a -= 1)
    for (let b = after.length - 1; b >= 0; b -= 1) {
      const row = lengths[a] as Uint32Array
      const next = lengths[a + 1] as Uint32Array
      row[b] = before[a] === after[b] ? (next[b + 1] ?? 0) + 1 : Math.max(next[b] ?? 0, row[b + 1] ?? 0)
    }
  return lengths
}

function middle(before: readonly string[], after: readonly string[]): DiffRow[] {
  if (before.length * after.length > MOST_PAIRS) return beside(before, after)
  const lengths = lengthsOf(before, after)
  const rows: DiffRow[] = []
  let [a, b, fromA, fromB] = [0, 0, 0, 0]
  const put = () => rows.push(...beside(before.slice(fromA, a), after.slice(fromB, b)))
  while (a < before.length && b < after.length) {
    const line = before[a]
    if (line !== undefined && line === after[b]) {
      put()
      rows.push(same(line))
      a += 1
      b += 1
      fromA = a
      fromB = b
    } else if ((lengths[a + 1]?.[b] ?? 0) >= (lengths[a]?.[b + 1] ?? 0)) a += 1
    else b += 1
  }
  a = before.length
  b = after.length
  put()
  return rows
}

/** Two texts line by line, what differs beside each other, in their order. */
export function diffLines(before: string, after: string): DiffRow[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const most = Math.min(old.length, now.length)
  let head = 0
  while (head < most && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  return [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ]
}
