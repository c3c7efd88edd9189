/** The pinyin initials of a title's Han characters: 公积金 → gjj. Digits and Latin letters stay. */
export type InitialsOf = (title: string) => string

const lettersIn = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** Loads the dictionary, which nobody needs before there is an article to index. */
export async function loadInitials(): Promise<InitialsOf> {
  const { pinyin } = await import('pinyin-pro')
  /** The first letter of each syllable that was met, some hundreds with their tones: ān is a. */
  const firsts = new Map<string, string>()
  function firstOf(syllable: string): string {
    const known = firsts.get(syllable)
    if (known !== undefined) return known
    const first = lettersIn(syllable.normalize('NFD').charAt(0))
    firsts.set(syllable, first)
    return first
  }
  return (title) => {
    const chars = [...title]
    // Syllables as they come: to have the dictionary cut and strip them takes four times as long.
    return pinyin(title, { type: 'array' })
      .map((said, at) => (said === chars[at] ? lettersIn(said) : firstOf(said)))
      .join('')
  }
}

/** For each character of a text the first letters of all its readings, lower case: 长安 → ['cz', 'a']. */
export type ReadingsOf = (text: string) => string[]

/** Loads the dictionary, which nobody needs before somebody is looked for by letters. */
export async function loadReadings(): Promise<ReadingsOf> {
  const { pinyin } = await import('pinyin-pro')
  const readings = (char: string) =>
    pinyin(char, { pattern: 'first', toneType: 'none', type: 'array', multiple: true, nonZh: 'consecutive' })
  return (text) =>
    [...text.normalize('NFKC').toLowerCase()]
      .map((char) =>
        [
          ...new Set(
            readings(char)
              .join('')
              .replace(/[^a-z0-9]/g, ''),
          ),
        ].join(''),
      )
      .filter((letters) => letters !== '')
}
