/** The list with another one in the place of one. */
export const replaced = <T>(list: readonly T[], index: number, one: T): T[] =>
  list.map((each, at) => (at === index ? one : each))

/** The list with one of it moved by a place, up (-1) or down (1); as it was where it cannot. */
export function shifted<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const other = index + by
  const [one, neighbour] = [list[index], list[other]]
  if (one === undefined || neighbour === undefined) return [...list]
  return list.map((each, at) => (at === index ? neighbour : at === other ? one : each))
}
