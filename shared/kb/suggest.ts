/** What of the articles may be asked for next, before anything is typed (rules KS10). Pure. */
import { z } from 'zod'
import { caseKinds, type CaseKind } from '../case/case-kind.ts'

/** So many are shown. */
export const MOST_SUGGESTED = 4
/** So much of the content is looked at, in characters: what a matter is stands in its first words. */
export const SUGGEST_CHARS = 150

/** What stands in the form so far. */
export const suggestQuerySchema = z.object({
  kind: z.enum(caseKinds).nullable(),
  code: z.string().max(20).nullable(),
  district: z.string().max(200).nullable(),
  text: z.string().max(SUGGEST_CHARS),
})
export type SuggestQuery = z.infer<typeof suggestQuerySchema>

export const suggestedSchema = z.object({ id: z.string(), title: z.string() })
export type Suggested = z.infer<typeof suggestedSchema>

/** What somebody of a kind asks for says something of what answers her. */
const wordOf: Readonly<Record<CaseKind, string>> = {
  ...{ consult: '怎么办理', help: '求助', complaint: '投诉', report: '举报' },
  ...{ suggestion: '建议', praise: '表扬' },
}

/** What the search is asked by the form; empty where there is nothing to go by. */
export function suggestWords({ kind, text }: SuggestQuery, className: string | null): string {
  const about = [className ?? '', text.trim()].filter((one) => one !== '')
  return about.length === 0 ? '' : [...about, kind === null ? '' : wordOf[kind]].join(' ').trim()
}

/** What one quote in a similar case counts beside a place among what was found, and how many of them count. */
const QUOTE = 2
const MOST_QUOTES = 4

/** Those found by the form's words, the best first, and those quoted in cases of the class, by how often: the likeliest. */
export function rankSuggested(
  found: readonly Suggested[],
  quoted: readonly (Suggested & { readonly times: number })[],
): Suggested[] {
  const points = new Map<string, { readonly one: Suggested; points: number }>()
  const give = ({ id, title }: Suggested, more: number) => {
    const known = points.get(id) ?? { one: { id, title }, points: 0 }
    known.points += more
    points.set(id, known)
  }
  for (const [place, one] of found.entries()) give(one, found.length - place)
  for (const one of quoted) give(one, QUOTE * Math.min(MOST_QUOTES, one.times))
  return [...points.values()]
    .toSorted((a, b) => b.points - a.points)
    .slice(0, MOST_SUGGESTED)
    .map(({ one }) => one)
}
