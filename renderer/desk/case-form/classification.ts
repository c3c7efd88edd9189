import { classOf, matchesClass, shippedClasses, type MatterClass } from '../../../shared/case/classes.ts'

type Choice = { readonly value: string; readonly label: string }
type Group = { readonly group: string; readonly items: readonly Choice[] }

const labelOf = ({ code, group, name }: MatterClass): Choice => ({ value: code, label: `${group} › ${name}` })

const groups = [...new Set(shippedClasses.map(({ group, groupCode }) => `${group} ${groupCode}`))]

/** Both levels as choices: 一级 › 二级, under the first level's name. */
export const classificationGroups: readonly Group[] = groups.map((named) => ({
  group: named,
  items: shippedClasses.filter(({ group, groupCode }) => `${group} ${groupCode}` === named).map(labelOf),
}))

/** Whether a choice answers what was typed. */
export function matchesClassification({ value }: Pick<Choice, 'value'>, typed: string): boolean {
  const one = classOf(value)
  return one !== null && matchesClass(one, typed)
}
