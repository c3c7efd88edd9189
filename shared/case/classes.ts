/**
 * What matters are about: a tree of two levels, of which a case names an entry of the second (rules K6 in SPEC.md).
 * Each has the unit that is competent as a rule, words that citizens use for it, and what a unit cannot act without.
 */
import { z } from 'zod'
import { foldText } from '../kb/grams.ts'
import type { CaseKind } from './case-kind.ts'
import tree from './data/classification.json' with { type: 'json' }

const named = { name: z.string().min(1).max(40), initials: z.string().regex(/^[a-z0-9]+$/) }

/** Fields that a class may require of whoever asks that something be done. */
const requiredFields = ['address'] as const

export const classTreeSchema = z.array(
  z.strictObject({
    code: z.string().regex(/^\d{2}$/),
    ...named,
    children: z.array(
      z.strictObject({
        code: z.string().regex(/^\d{4}$/),
        ...named,
        /** The member unit that gets it as a rule, by its id in the directory. */
        unit: z.string().min(1).max(40),
        keywords: z.array(z.string().min(1).max(20)),
        required: z.array(z.enum(requiredFields)).default([]),
        /** Chosen no more. A class never leaves the tree: the cases that name it stay readable. */
        retired: z.boolean().default(false),
      }),
    ),
  }),
)
export type ClassTree = z.infer<typeof classTreeSchema>

/** An entry of the second level with the name of the first. */
export type MatterClass = ClassTree[number]['children'][number] & { readonly group: string; readonly groupCode: string }

export const shippedTree: ClassTree = classTreeSchema.parse(tree)

export const classesOf = (of: ClassTree): readonly MatterClass[] =>
  of.flatMap(({ code, name, children }) => children.map((one) => ({ ...one, group: name, groupCode: code })))

/** The classes of a tree, as they are looked up and chosen from. */
export type ClassBook = {
  /** Those that may be chosen. */
  readonly offered: readonly MatterClass[]
  /** The class of a code, also one that is chosen no more; null for none and for one that was never known here. */
  of(code: string | null): MatterClass | null
}

export function createClassBook(of: ClassTree): ClassBook {
  const all = classesOf(of)
  const byCode = new Map(all.map((one) => [one.code, one]))
  return {
    offered: all.filter(({ retired }) => !retired),
    of: (code) => (code === null ? null : (byCode.get(code) ?? null)),
  }
}

/** The classes that come with the product. */
export const shippedBook = createClassBook(shippedTree)

/** In these kinds somebody is asked to act, and must know where. */
const asksForAction: ReadonlySet<CaseKind> = new Set(['help', 'complaint', 'report'])

/** The fields that a case of this kind and class needs beside those that every case needs. */
export function requiredBy(
  kind: CaseKind | null,
  code: string | null,
  classes: ClassBook = shippedBook,
): readonly (typeof requiredFields)[number][] {
  return kind !== null && asksForAction.has(kind) ? (classes.of(code)?.required ?? []) : []
}

const isInOrder = (letters: string, typed: string) => {
  let found = 0
  for (const letter of letters) if (letter === typed.charAt(found)) found += 1
  return found >= typed.length
}

/** Whether a class answers what was typed: each word is in its names, begins its code, or is letters of its name. */
export function matchesClass(one: MatterClass, typed: string): boolean {
  const names = foldText(`${one.group} ${one.name} ${one.keywords.join(' ')}`)
  const words = foldText(typed)
    .split(/[\s›]+/)
    .filter((word) => word !== '')
  return words.every((word) => {
    if (/^\d+$/.test(word)) return one.code.startsWith(word)
    // One letter alone would be in nearly all of them.
    if (/^[a-z]{2,}$/.test(word) && isInOrder(one.initials, word)) return true
    return names.includes(word)
  })
}

/** So long a text is read for a suggestion, in characters: what a matter is about is said at its beginning. */
const READ_CHARS = 600

/** The classes that a text speaks of, the likeliest first; none where no word of theirs is in it. */
export function suggestClasses({ offered }: ClassBook, text: string, limit: number): MatterClass[] {
  const folded = foldText(text.slice(0, READ_CHARS))
  if (folded.trim() === '') return []
  return offered
    .map((one) => ({ one, weight: weightIn(folded, one) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.one.code.localeCompare(b.one.code))
    .slice(0, limit)
    .map(({ one }) => one)
}

/** Long words say more than short ones; a word within another that was found says nothing more. */
function weightIn(folded: string, { name, keywords }: MatterClass): number {
  const found = [name, ...keywords].map(foldText).filter((word) => folded.includes(word))
  const told = found.filter((word) => !found.some((other) => other !== word && other.includes(word)))
  return told.reduce((sum, word) => sum + [...word].length ** 2, 0)
}
