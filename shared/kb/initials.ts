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
