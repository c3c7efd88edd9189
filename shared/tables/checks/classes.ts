/** The tree of classes beyond its shape, and what of it is never lost. */
import { classesOf, type ClassTree } from '../../case/classes.ts'
import type { Flaw } from '../flaw.ts'
import type { Ground } from '../table.ts'
import { alike } from './alike.ts'

type Entry = ClassTree[number]['children'][number]

function checkEntry(entry: Entry, path: Flaw['path'], { units }: Ground, stood: Entry | undefined): Flaw[] {
  const flaws = alike(entry.keywords, (index) => [...path, 'keywords', index])
  const isNew = stood === undefined || stood.unit !== entry.unit || (stood.retired && !entry.retired)
  if (isNew && !entry.retired && !units.has(entry.unit)) flaws.push({ path: [...path, 'unit'], code: 'unknownUnit' })
  return flaws
}

/** Codes and names stand once, an entry's code begins with its group's, and a unit that it newly names is known. */
export function checkClasses(tree: ClassTree, ground: Ground, before: ClassTree): Flaw[] {
  const stood = new Map(classesOf(before).map((one) => [one.code, one]))
  const places = tree.flatMap(({ code, children }, group) =>
    children.map((entry, index) => ({ entry, group: code, at: [group, 'children', index] })),
  )
  const codes = places.map(({ entry }) => entry.code)
  const named = places.filter(({ entry }) => !entry.retired)
  return [
    ...alike(
      tree.map(({ code }) => code),
      (index) => [index, 'code'],
    ),
    ...alike(
      tree.map(({ name }) => name),
      (index) => [index, 'name'],
      'twiceNamed',
    ),
    ...alike(codes, (index) => [...(places[index]?.at ?? []), 'code']),
    ...alike(
      named.map(({ entry, group }) => `${group} ${entry.name}`),
      (index) => [...(named[index]?.at ?? []), 'name'],
      'twiceNamed',
    ),
    ...places.flatMap(({ entry, group, at }): Flaw[] =>
      entry.code.startsWith(group) ? [] : [{ path: [...at, 'code'], code: 'foreignCode' }],
    ),
    ...places.flatMap(({ entry, at }) => checkEntry(entry, at, ground, stood.get(entry.code))),
  ]
}

/** What a tree lost of the one before stays in it as retired: cases that name it must be readable. */
export function keepClasses(tree: ClassTree, before: ClassTree): ClassTree {
  const there = new Set(classesOf(tree).map(({ code }) => code))
  const lost = before.map((group) => ({
    ...group,
    children: group.children.filter(({ code }) => !there.has(code)).map((one) => ({ ...one, retired: true })),
  }))
  const byCode = new Map(lost.map((group) => [group.code, group]))
  const kept = tree.map((group) => ({
    ...group,
    children: [...group.children, ...(byCode.get(group.code)?.children ?? [])],
  }))
  const groups = new Set(tree.map(({ code }) => code))
  return [...kept, ...lost.filter(({ code, children }) => !groups.has(code) && children.length > 0)]
}
