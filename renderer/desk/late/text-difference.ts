/** A text beside another: what only it says, and a little of what both say around it. */
export type Marked = { readonly before: string; readonly changed: string; readonly after: string }

const AROUND = 10
/** What is no longer than this is read at one look, and shown whole. */
const SHORT = 36

function sharedStart(one: readonly string[], other: readonly string[]): number {
  const end = Math.min(one.length, other.length)
  let at = 0
  while (at < end && one[at] === other[at]) at += 1
  return at
}

/**
 * Two long texts that begin alike look alike at first sight: each is shown from shortly before it differs to
 * shortly after. Counted in whole characters.
 */
export function markDifference(one: string, other: string): readonly [Marked, Marked] {
  const [a, b] = [[...one], [...other]]
  const short = Math.max(a.length, b.length) <= SHORT
  const around = short ? SHORT : AROUND
  const head = sharedStart(a, b)
  const rest = sharedStart(a.slice(head).toReversed(), b.slice(head).toReversed())
  const mark = (chars: readonly string[]): Marked => {
    const tail = chars.length - rest
    const before = chars.slice(Math.max(0, head - around), head).join('')
    const after = chars.slice(tail, tail + around).join('')
    return {
      before: head > around ? `…${before}` : before,
      changed: chars.slice(head, tail).join(''),
      after: rest > around ? `${after}…` : after,
    }
  }
  return [mark(a), mark(b)]
}
