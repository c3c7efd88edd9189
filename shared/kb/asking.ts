/** What of a question only asks (rules KS4): 请问, 怎么, 喺边度. It tells articles apart little or not at all. */
import { foldChinese } from './fold.ts'
import words from './data/asking.json' with { type: 'json' }

const light: ReadonlySet<string> = new Set(words.light.map(foldChinese))
const phrases: ReadonlySet<string> = new Set([...words.phrases.map(foldChinese), ...light])
const LONGEST = Math.max(...[...phrases].map((phrase) => phrase.length))

/**
 * What each character of a question is to it: part of what is asked about, of a phrase that only asks, of one that
 * says a little, or a single character that may as well belong to a word (到 in 到期).
 */
export type Part = 'matter' | 'phrase' | 'light' | 'single'

/** How many, how long, how old: it tells whose case it is, seldom what it is about. */
const AMOUNT =
  /[零一二两三四五六七八九十百千万几半]+多?(?:个半?(?:月|小时|钟|人|星期|礼拜)?|年|天|日|岁|块钱?|元|次|口人?|位|分钟|小时|点钟?|号|楼|层|栋|条|只|张|部|件|家|间|遍|趟|万|千|百)[多半]?/g

/** Whether a folded word is one that only asks. */
export const isAsking = (word: string) => phrases.has(word)

/** The parts of a folded text, one a code unit; where `kept` says so a character belongs to a word that is known. */
export function partsOf(text: string, kept: (at: number) => boolean): Part[] {
  const parts: Part[] = Array.from({ length: text.length }, () => 'matter')
  for (const { 0: said, index } of text.matchAll(AMOUNT)) parts.fill('light', index, index + said.length)
  for (let from = 0; from < text.length;) {
    let to = kept(from) ? from : Math.min(text.length, from + LONGEST)
    while (to > from && (!phrases.has(text.slice(from, to)) || kept(to - 1))) to -= 1
    if (to > from) {
      const said = text.slice(from, to)
      parts.fill(light.has(said) ? 'light' : to - from === 1 ? 'single' : 'phrase', from, to)
    }
    from = Math.max(to, from + 1)
  }
  return parts
}
