import type { Flaw, FlawCode } from '../flaw.ts'

/** The positions of what stands in a list a second time. */
export function seconds(values: readonly string[]): number[] {
  const first = new Map<string, number>()
  return values.flatMap((value, index) => {
    if (first.has(value)) return [index]
    first.set(value, index)
    return []
  })
}

/** Flaws of the rows of a list that are called as an earlier one is. */
export function alike(rows: readonly string[], at: (index: number) => Flaw['path'], code: FlawCode = 'twice'): Flaw[] {
  return seconds(rows).map((index) => ({ path: at(index), code }))
}
