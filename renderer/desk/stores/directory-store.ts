/** Whom the dial panel found for what was typed. */
import { create } from 'zustand'
import { numbersOf, type DirectoryEntry } from '../../../shared/directory/entry.ts'
import { invoke } from '../../ui/bridge.ts'
import { watchListed, watchStarred } from './presence-store.ts'

/** One number of an entry: what the keys go through. */
export type Listed = {
  readonly entry: DirectoryEntry
  readonly starred: boolean
  readonly number: string
  readonly words: string
}

type DirectoryStore = {
  readonly query: string
  readonly listed: readonly Listed[]
  /** By its place; -1 while the keys are about what was typed. */
  readonly chosen: number
}

const MOST_LISTED = 8
const blank: DirectoryStore = { query: '', listed: [], chosen: -1 }

export const useDirectory = create<DirectoryStore>()(() => blank)

/** What is typed is a number as it stands; anything else is looked for, and the first that is found is meant. */
export function isNumber(typed: string): boolean {
  return /^[\d\s+*#()（）.-]+$/.test(typed.normalize('NFKC'))
}

let asked = 0

/** Looks for what was typed, or with nothing typed for whom she starred; a late answer to an earlier question is let go. */
export async function lookUp(query: string): Promise<void> {
  const mine = (asked += 1)
  const answer = await invoke('directory.search', { query: query.slice(0, 64) })
  if (!answer.ok || mine !== asked) return
  const rows = answer.value.hits.flatMap(({ entry, starred }) =>
    numbersOf(entry).map((one) => ({ entry, starred, ...one })),
  )
  const listed = rows.slice(0, MOST_LISTED)
  const meant = query.trim() !== '' && !isNumber(query) && listed.length > 0 ? 0 : -1
  useDirectory.setState({ query, listed, chosen: meant })
  void watchListed(listed)
}

/** The panel closed: what is under way is for nobody any more. */
export function closeDirectory(): void {
  asked += 1
  useDirectory.setState(blank)
  void watchListed([])
}

/** Chooses the number `step` places further down; above the first one stands what was typed, if it is a number. */
export function moveListed(step: number): void {
  const { query, listed, chosen } = useDirectory.getState()
  const least = query.trim() !== '' && !isNumber(query) ? 0 : -1
  useDirectory.setState({ chosen: Math.min(listed.length - 1, Math.max(least, chosen + step)) })
}

export const chosenListed = ({ listed, chosen }: DirectoryStore): Listed | null => listed[chosen] ?? null

/**
 * The number that is meant by what stands in the box: whom she chose below, else what was typed. Null where that was not
 * looked for yet: what stands below it answers something else, and nobody is dialled by mistake.
 */
export function meantNumber(typed: string): string | null {
  const state = useDirectory.getState()
  if (state.query === typed) return chosenListed(state)?.number ?? typed
  return isNumber(typed) || typed.trim() === '' ? typed : null
}

/** Stars the chosen entry for whoever is signed in, or no longer; it stays where it is until something else is asked. */
export async function toggleStar(): Promise<void> {
  const row = chosenListed(useDirectory.getState())
  if (row === null) return
  const { id } = row.entry
  const starred = !row.starred
  const done = await invoke('directory.star', { id, starred })
  if (!done.ok) return
  useDirectory.setState(({ listed }) => ({
    listed: listed.map((one) => (one.entry.id === id ? { ...one, starred } : one)),
  }))
  void watchStarred()
}
