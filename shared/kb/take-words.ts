import { diffLines, type DiffRow } from './line-diff.ts'

/** Lines that changed together, and the line that both have before them. */
type Hunk = { readonly old: string; readonly now: string; readonly after: string | null }

const linesOf = (rows: readonly DiffRow[], side: 'before' | 'after') =>
  rows.flatMap((row) => row[side] ?? []).join('\n')

function hunksOf(before: string, after: string): Hunk[] {
  const rows = diffLines(before, after)
  const hunks: Hunk[] = []
  let at = 0
  while (at < rows.length) {
    let end = at
    while (end < rows.length && rows[end]?.same === false) end += 1
    if (end > at) {
      const changed = rows.slice(at, end)
      hunks.push({
        old: linesOf(changed, 'before'),
        now: linesOf(changed, 'after'),
        after: rows[at - 1]?.before ?? null,
      })
    }
    at = end + 1
  }
  return hunks
}

/** Puts whole lines in the place of whole lines; null where those do not stand in the text. */
function replaceLines(text: string, old: string, now: string): string | null {
  const at = `\n${text}\n`.indexOf(`\n${old}\n`)
  if (at < 0) return null
  const [head, tail] = [text.slice(0, at), text.slice(at + old.length)]
  if (now !== '') return `${head}${now}${tail}`
  // Lines that are no more leave no empty one behind.
  return head === '' ? tail.replace(/^\n/, '') : `${head.replace(/\n$/, '')}${tail}`
}

function applyHunk(text: string, { old, now, after }: Hunk): string | null {
  if (old !== '') return replaceLines(text, old, now)
  return after === null ? null : replaceLines(text, after, `${after}\n${now}`)
}

/**
 * A reply that rests on an article with the article's new words in it (KU5): where the old ones stand as whole lines
 * the new ones take their place; where the operator has made them her own, all of the new ones come below, and
 * nothing that she wrote goes.
 */
export function takeWords(reply: string, before: string | null, after: string): string {
  let taken: string | null = reply
  for (const hunk of before === null ? [] : hunksOf(before, after))
    taken = taken === null ? null : applyHunk(taken, hunk)
  if (taken !== null && taken !== reply) return taken
  if (reply === '') return after
  return replaceLines(reply, after, after) === null ? `${reply}${reply.endsWith('\n') ? '' : '\n'}${after}` : reply
}
