import tree from '../../../shared/case/data/classification.json' with { type: 'json' }
import { foldText } from '../../../shared/kb/grams.ts'

type Node = { readonly code: string; readonly name: string }
type Choice = { readonly value: string; readonly label: string }
type Group = { readonly group: string; readonly items: readonly Choice[] }

const nodes: readonly (Node & { readonly children: readonly Node[] })[] = tree

/** Both levels as choices: 一级 › 二级, under the first level's name. */
export const classificationGroups: readonly Group[] = nodes.map(({ code, name, children }) => ({
  group: `${name} ${code}`,
  items: children.map((child) => ({ value: child.code, label: `${name} › ${child.name}` })),
}))

/** Whether a choice answers what was typed: by its code from the front, or by every word in its names. */
export function matchesClassification({ value, label }: Choice, typed: string): boolean {
  const words = foldText(typed)
    .split(/[\s›]+/)
    .filter((word) => word !== '')
  const folded = foldText(label)
  return words.every((word) => (/^\d+$/.test(word) ? value.startsWith(word) : folded.includes(word)))
}
