/**
 * How characters sound, so that a word written with another character of the same sound is found (rules KS6). One
 * reading for each, the same on both sides; sounds that many speakers here do not tell apart are one: z and zh, c and
 * ch, s and sh, n and l before a vowel, n and ng at the end.
 */
import table from './data/sounds.json' with { type: 'json' }

/** A syllable without tone, as it is compared. */
export function foldSound(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=.)/, 'l')
    .replace(/(?<=[aei])ng$/, 'n')
}

const sounds = new Map(
  Object.entries(table).flatMap(([syllable, chars]) => Array.from(chars, (char) => [char, foldSound(syllable)])),
)

/** The sound of a simplified character; null for one that is not known. */
export const soundOf = (char: string): string | null => sounds.get(char) ?? null

const initials = new Map(
  Object.entries(table).flatMap(([letters, chars]) => Array.from(chars, (char) => [char, letters.charAt(0)])),
)

/** The first letters of a word of Han characters: 公积金 is gjj; null for any other word. */
export function initialsOf(word: string): string | null {
  const letters = Array.from(word, (char) => initials.get(char) ?? null)
  return letters.includes(null) ? null : letters.join('')
}

/** The sounds of a word of Han characters, with spaces between; null for any other word. */
export function soundsOf(word: string): string | null {
  const heard = Array.from(word, soundOf)
  return heard.includes(null) ? null : heard.join(' ')
}

/** Two sounds in a row as one token of the index. */
export const soundPair = (first: string, second: string): string => `${first}0${second}`

/** The pairs of sounds in a folded text, each once. */
export function soundPairs(text: string): string[] {
  const pairs = new Set<string>()
  let before: string | null = null
  for (const char of text) {
    const sound = soundOf(char)
    if (before !== null && sound !== null) pairs.add(soundPair(before, sound))
    before = sound
  }
  return [...pairs]
}

const SYLLABLES: ReadonlySet<string> = new Set(Object.keys(table))
const LONGEST = 6
/** With fewer syllables nearly every word of letters would be one. */
const LEAST_SYLLABLES = 2

/** Letters that spell syllables (gongjijin) as their sounds; null where they spell nothing. */
export function spelled(letters: string): string[] | null {
  // The best way to each place: the fewest syllables.
  const ways: (string[] | null)[] = [[]]
  for (let end = 1; end <= letters.length; end += 1) {
    ways[end] = null
    for (let length = Math.min(LONGEST, end); length > 0; length -= 1) {
      const before = ways[end - length] ?? null
      const syllable = letters.slice(end - length, end)
      if (before === null || !SYLLABLES.has(syllable)) continue
      if (ways[end] === null || before.length + 1 < (ways[end]?.length ?? 0)) ways[end] = [...before, syllable]
    }
  }
  const found = ways[letters.length] ?? null
  return found !== null && found.length >= LEAST_SYLLABLES && found.some((one) => one.length > 1)
    ? found.map(foldSound)
    : null
}
