import { z } from 'zod'

/** How a colleague's line stands, as the exchange tells it; `unknown` where it does not. */
export const presences = ['free', 'ringing', 'inCall', 'unknown'] as const
export type Presence = (typeof presences)[number]
export const presencesSchema = z.record(z.string(), z.enum(presences))
export type Presences = z.infer<typeof presencesSchema>

/** Of those that an operator starred, no more are watched while no panel is open. */
export const MOST_STARRED_WATCHED = 20

/** No more lines than these are watched at once: what a panel shows, and those that are starred. */
export const MOST_WATCHED = MOST_STARRED_WATCHED + 8

export const watchedSchema = z.string().regex(/^[0-9]{1,32}$/)

/** An extension as its line is watched: its digits alone, however it is written; null where it is none. */
export function watchable(extension: string): string | null {
  const digits = extension.normalize('NFKC').replace(/[\s().–—-]/g, '')
  return watchedSchema.safeParse(digits).success ? digits : null
}

/** A dialog of a line by its state (RFC 4235 4.1.3), whatever it says besides. */
export type ToldDialog = { readonly id: string; readonly state: string }

/** What the dialogs of a line come to: one that is confirmed outweighs one that rings. */
export function presenceOf(dialogs: readonly ToldDialog[]): Presence {
  const states = new Set(dialogs.map(({ state }) => state))
  if (states.has('confirmed')) return 'inCall'
  return ['trying', 'proceeding', 'early'].some((state) => states.has(state)) ? 'ringing' : 'free'
}
