/** Traditional characters as simplified ones. */
import table from './data/traditional.json' with { type: 'json' }

/** By the code of a traditional character its simplified one; 0 for all others. All are of the basic plane. */
const simplified = new Uint16Array(0x10000)
for (let at = 0; at < table.traditional.length; at += 1) {
  simplified[table.traditional.charCodeAt(at)] = table.simplified.charCodeAt(at)
}

/** Characters that Cantonese is written with, as what Mandarin says in their place: 唔亮 is 不亮, 冇电 is 没电. */
const CANTONESE = '唔冇佢喺嘅哋畀俾攞睇揾搵嚟嗰啲瞓諗谂佔'
const MANDARIN = '不没他在的们给给拿看找找来那些睡想想占'
for (const [at, char] of [...CANTONESE].entries()) simplified[char.charCodeAt(0)] = MANDARIN.charCodeAt(at)

/** Simplified characters for traditional ones and Mandarin's for Cantonese ones, each for itself: the length stays. */
export function simplify(text: string): string {
  let [done, from] = ['', 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = simplified[text.charCodeAt(at)] ?? 0
    if (code === 0) continue
    done += text.slice(from, at) + String.fromCharCode(code)
    from = at + 1
  }
  return from === 0 ? text : done + text.slice(from)
}
