// Without I and O: the code is read out to citizens, and they would write 1 and 0.
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const PER_LETTERS = 9

/**
 * The code of the nth desk (from 0): A1 … A9, B1 … Z9 (216 desks), then AA1 … ZZ9, then AAA1 … ZZZ9;
 * throws beyond 129,816 desks.
 */
export function deskCodeOf(ordinal: number): string {
  let group = Math.floor(ordinal / PER_LETTERS)
  for (let width = 1; width <= 3; width += 1) {
    const groups = LETTERS.length ** width
    if (group < groups) return `${lettersOf(group, width)}${(ordinal % PER_LETTERS) + 1}`
    group -= groups
  }
  throw new Error('no desk codes left')
}

function lettersOf(group: number, width: number): string {
  let text = ''
  for (let rest = group, place = 0; place < width; place += 1) {
    text = (LETTERS[rest % LETTERS.length] ?? '') + text
    rest = Math.floor(rest / LETTERS.length)
  }
  return text
}
