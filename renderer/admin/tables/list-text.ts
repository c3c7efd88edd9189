/** Several short words in one field: 路灯、井盖, or with commas or spaces between. */
export const wordsOf = (text: string): string[] => text.split(/[、，,;；\s]+/).filter((word) => word !== '')
export const textOf = (words: readonly string[]): string => words.join('、')

/** The list with those of it that are `ours` become `next`, in their places; the others stay where they stood. */
export function replacedAmong<T>(list: readonly T[], isOurs: (one: T) => boolean, next: readonly T[]): T[] {
  const last = list.findLastIndex(isOurs)
  if (last === -1) return [...list, ...next]
  const rest = [...next]
  return list.flatMap((one, index) => {
    if (!isOurs(one)) return [one]
    return index === last ? rest : rest.splice(0, 1)
  })
}
