/** How the lines of colleagues stand: of those the dial panel shows, and of those she starred (rule P4). */
import { create } from 'zustand'
import {
  MOST_STARRED_WATCHED,
  MOST_WATCHED,
  watchable,
  type Presence,
  type Presences,
} from '../../../shared/call/presence.ts'
import type { DirectoryEntry, DirectoryHit } from '../../../shared/directory/entry.ts'
import { invoke } from '../../ui/bridge.ts'

export const usePresences = create<{ readonly presences: Presences }>()(() => ({ presences: {} }))

/** Of whom nothing is known the line is unknown, never free. */
export const lineOf = (presences: Presences, extension: string): Presence =>
  presences[watchable(extension) ?? ''] ?? 'unknown'

let starred: readonly string[] = []
let listed: readonly string[] = []
/** What the phone was last told, so that the same look is not told twice; `?` where nobody knows. */
let told = '?'
let asked = 0

/** A line that cannot be watched keeps no other from it. */
const colleaguesOf = (entries: readonly DirectoryEntry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === 'colleague' ? (watchable(entry.extension) ?? []) : []))

/** Has the phone watch what is shown, then what is starred, and no others. */
async function tellPhone(): Promise<void> {
  const extensions = [...new Set([...listed, ...starred])].slice(0, MOST_WATCHED)
  const look = extensions.join()
  if (look === told) return
  told = look
  const answer = await invoke('phone.watch', { extensions })
  if (told !== look) return
  // A phone that is not there is told once it is.
  if (answer.ok) takePresences(answer.value)
  else told = '?'
}

/** What the phone says of all that it watches. */
export const takePresences = (presences: Presences): void => usePresences.setState({ presences })

/** Has those watched too that the panel shows; with none, only those that she starred. */
export function watchListed(hits: readonly Pick<DirectoryHit, 'entry'>[]): Promise<void> {
  listed = [...new Set(colleaguesOf(hits.map(({ entry }) => entry)))]
  return tellPhone()
}

/** Has those watched that whoever is signed in starred, also while no panel is open: the first look is true. */
export async function watchStarred(): Promise<void> {
  const mine = (asked += 1)
  const answer = await invoke('directory.starred', null)
  if (!answer.ok || mine !== asked) return
  starred = colleaguesOf(answer.value).slice(0, MOST_STARRED_WATCHED)
  await tellPhone()
}

/** The phone is gone: nothing is known any more. */
export function forgetPresences(): void {
  told = '?'
  takePresences({})
}

/** She signs out: nobody is watched for whoever comes next. */
export async function endWatching(): Promise<void> {
  asked += 1
  starred = []
  listed = []
  takePresences({})
  await tellPhone()
}
