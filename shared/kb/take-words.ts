import type { ArticleWords } from './article-news.ts'
import { diffLines, type DiffRow } from './line-diff.ts'
import { tableOf, type SheetRow } from './sheet-rows.ts'
import type { Sheet } from './sheet.ts'

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

type Rows = readonly (readonly [old: SheetRow, now: SheetRow | null])[]

/** Each row of a table beside what it is by now: the row of that name, or the one at its place in a table as long. */
function rowsBeside(before: Sheet, after: Sheet | undefined): Rows {
  const rows = tableOf(before).rows
  const now = after === undefined ? [] : tableOf(after).rows
  const nameOf = ({ cells }: SheetRow) => cells[0]?.zh
  return rows.map((row, at) => {
    const alike = now.filter((one) => nameOf(one) === nameOf(row))
    const nth = rows.slice(0, at).filter((one) => nameOf(one) === nameOf(row)).length
    return [row, alike[nth] ?? (now.length === rows.length ? now[at] : null) ?? null]
  })
}

/** The rows of the tables that stand in a reply as whole lines, in either tongue, as they are by now. */
function takeRows(reply: string, before: readonly Sheet[], after: readonly Sheet[]): string {
  const titleOf = (sheet: Sheet) => tableOf(sheet).title
  const besides = before.flatMap((sheet, at) => {
    const there = after[at]
    const besideIt = there?.kind === sheet.kind ? there : undefined
    return rowsBeside(sheet, after.find((one) => titleOf(one) === titleOf(sheet)) ?? besideIt)
  })
  let taken = reply
  for (const [old, now] of besides)
    for (const tongue of ['zh', 'en'] as const) {
      if (old.say[tongue] === now?.say[tongue]) continue
      taken = replaceLines(taken, old.say[tongue], now?.say[tongue] ?? '') ?? taken
    }
  return taken
}

/**
 * A reply that rests on an article as it is by now (KU5): its body by {@link takeWords}, where that changed, and the rows
 * of its tables that the reply quotes. `before` is null where the version that it rests on is not here any more.
 */
export function takeArticle(
  reply: string,
  before: Pick<ArticleWords, 'body' | 'sheets'> | null,
  now: Pick<ArticleWords, 'body' | 'sheets'>,
): string {
  const taken = before?.body === now.body ? reply : takeWords(reply, before?.body ?? null, now.body)
  return takeRows(taken, before?.sheets ?? [], now.sheets ?? [])
}
