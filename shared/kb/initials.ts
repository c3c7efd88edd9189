/** The pinyin initials of a title's Han characters: 公积金 → gjj. Digits and Latin letters stay. */
export type InitialsOf = (title: string) => string

/** Loads the dictionary, which nobody needs before there is an article to index. */
export async function loadInitials(): Promise<InitialsOf> {
  const { pinyin } = await import('pinyin-pro')
  return (title) =>
    pinyin(title, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
      .join('')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
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
