/** How people name stops: what is written in two ways is one place (rule KR1), and what is said finds it (rule KR2). */
import groups from './data/place-names.json' with { type: 'json' }
import { foldChinese } from './fold.ts'
import type { InitialsOf } from './initials.ts'

/** A name as it is compared: one spelling, without blanks and signs. */
export const foldName = (name: string): string => foldChinese(name).replace(/[^\p{L}\p{N}]+/gu, '')

const groupOf = new Map(groups.flatMap((names) => names.map((name) => [foldName(name), foldName(names[0] ?? '')])))

/** The place that a name means; a name that is in no group means itself. */
export function placeOf(name: string): string {
  const key = foldName(name)
  return groupOf.get(key) ?? key
}

/** With 站 at the end or without it. */
function otherEnd(key: string): string {
  return key.replace(/(?:公交车?站|站台|站)$/u, '') === key ? `${key}站` : key.replace(/(?:公交车?站|站台|站)$/u, '')
}

/** Whether one character of a is another in b; of three characters they have to sound alike. */
function isNearly(a: string, b: string, soundOf: (key: string) => string): boolean {
  const [left, right] = [[...a], [...b]]
  if (left.length !== right.length || left.length < 3) return false
  if (left.filter((char, at) => char !== right[at]).length !== 1) return false
  return left.length > 3 || soundOf(a) === soundOf(b)
}

/** How what was said was understood: as it stands, in part, or with another character. */
export type Nearness = 'same' | 'part' | 'nearly'
/** The stops that were meant, by their names. */
export type Meant = { readonly stops: readonly string[]; readonly how: Nearness }

/** What people may mean by words, among some stops. */
export type PlaceFinder = (said: string, initialsOf?: InitialsOf | null) => Meant | null

/** At most so many stops are taken for what was said in part: more, and nothing was said. */
const MOST = 8

/** Finds among stops, given by their names; the same words find the same. */
export function createPlaceFinder(stops: readonly string[]): PlaceFinder {
  /** How each stop sounds, from when it is first asked. */
  const sounds = new Map<string, string>()
  const known = [...new Set(stops)].map((name) => ({ name, key: foldName(name), place: placeOf(name) }))
  const byPlace = Map.groupBy(known, ({ place }) => place)
  const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name)

  /** Its name is in what was said, or what was said in its name; the longest of those within. */
  function inPart(key: string): string[] {
    const wider = known.filter((stop) => stop.key.includes(key))
    if (wider.length > 0) {
      const from = wider.filter((stop) => stop.key.startsWith(key))
      return names(from.length > 0 ? from : wider)
    }
    const within = known.filter((stop) => stop.key.length > 2 && key.includes(stop.key))
    const longest = Math.max(...within.map((stop) => stop.key.length))
    return names(within.filter((stop) => stop.key.length === longest))
  }

  return (said, initialsOf = null) => {
    const key = foldName(said)
    if ([...key].length < 2 || key.length > 24) return null
    const same = byPlace.get(placeOf(said)) ?? byPlace.get(placeOf(otherEnd(key)))
    if (same !== undefined) return { stops: names(same), how: 'same' }
    const part = inPart(key)
    if (part.length > 0) return part.length > MOST ? null : { stops: part, how: 'part' }
    const soundOf = (word: string) => {
      const sound = sounds.get(word) ?? initialsOf?.(word) ?? word
      if (initialsOf !== null && word !== key) sounds.set(word, sound)
      return sound
    }
    const near = names(known.filter((stop) => isNearly(stop.key, key, soundOf)))
    return near.length === 1 ? { stops: near, how: 'nearly' } : null
  }
}
