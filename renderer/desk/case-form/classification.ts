import { matchesClass, type ClassBook, type MatterClass } from '../../../shared/case/classes.ts'

type Choice = { readonly value: string; readonly label: string }
type Group = { readonly group: string; readonly items: Choice[] }

/** Both levels of a class: 一级 › 二级; null for none. */
export const classLabel = (one: MatterClass | null): string | null => one && `${one.group} › ${one.name}`

/**
 * The classes that may be chosen, under the first level's name; and the one that was `chosen`, also where it is offered
 * no more or not known here: what stands in the form is read in it.
 */
export function classificationGroups(book: ClassBook, chosen: string | null): Group[] {
  const named = Map.groupBy(book.offered, ({ group, groupCode }) => `${group} ${groupCode}`)
  const groups = [...named].map(([group, classes]) => ({
    group,
    items: classes.map((one) => ({ value: one.code, label: classLabel(one) ?? one.code })),
  }))
  if (chosen === null || book.offered.some(({ code }) => code === chosen)) return groups
  return [{ group: chosen, items: [{ value: chosen, label: classLabel(book.of(chosen)) ?? chosen }] }, ...groups]
}

/** Whether a choice answers what was typed. */
export function matchesClassification(book: ClassBook, { value }: Pick<Choice, 'value'>, typed: string): boolean {
  const one = book.of(value)
  return one !== null && matchesClass(one, typed)
}
