/**
 * What the author of a command had seen, by a base that names a revision. A number alone does not say it: a central
 * that was set back to a backup gives the same numbers to other events. So the base names the history itself, by a
 * digest of the events up to the revision, and whoever decides compares it with the history that stands.
 */
import type { CaseEvent } from './case-record.ts'
import type { Base } from './commands.ts'
import { eventWithoutCall } from './secrecy.ts'

export type RevisionBase = Extract<Base, { revision: number }>

/** The same text for the same value, whatever the order of its keys: a database may keep them in its own. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0')

/** 64 bits of a text, 16 hex digits: against chance, not against malice. Each step keeps all that was told apart before. */
function digestOf(text: string): string {
  let [a, b] = [0x2f6b_4c91, 0x51d7_348d]
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 0x9e37_79b1)
    a ^= a >>> 15
    b = Math.imul(b + unit, 0x85eb_ca77) ^ a
    b ^= b >>> 13
  }
  return hex(a) + hex(b)
}

/**
 * What was seen by who saw these events, all that central then had of a case; in which calls they were is not told to
 * everybody who saw them (K10.4), and could be guessed by a digest that told it.
 */
export function baseOf(events: readonly CaseEvent[]): RevisionBase {
  return { revision: events.length, history: digestOf(textOf(events.map(eventWithoutCall))) }
}

/**
 * The revision up to which the author of a base has seen the history that stands; 0, nothing, where she saw another
 * one, or an older program did not say which: what was written since is then kept beside hers, not covered by it.
 */
export function seenOf({ revision, history }: RevisionBase, events: readonly CaseEvent[]): number {
  const same = revision <= events.length && baseOf(events.slice(0, revision)).history === history
  return same ? revision : 0
}
