/** One spelling for the knowledge search: what a reader takes for the same is the same (rule KS1). */
import { foldText } from './grams.ts'
import { simplify } from './simplify.ts'

/** Characters that nobody sees: bidi controls, zero width, soft hyphens. A line break and a tab are to be seen. */
const UNSEEN = /(?![\n\t])\p{C}/gu
/** Where they may be: to ask Unicode's tables of each character takes ten times as long. */
const MAY_BE_UNSEEN =
  /[^\n\t -~\u00a1-\u00ac\u00ae-\u05ff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff00-\uffee]/

/** A particle of Cantonese that stands within words: 过咗身 is 过身. */
const PARTICLE = /咗/g

/** Folded as `foldText` does, in simplified characters, and without what nobody sees or what only says that it is done. */
export function foldChinese(text: string): string {
  return simplify(foldText(MAY_BE_UNSEEN.test(text) ? text.replace(UNSEEN, '') : text)).replace(PARTICLE, '')
}
