import { pinyin } from 'pinyin-pro'

/** The pinyin initials of a title's Han characters: 公积金 → gjj. Digits and Latin letters stay. */
export function titleInitials(title: string): string {
  return pinyin(title, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
